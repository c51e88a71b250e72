-- Who may do what, table by table. Installed at the end of `migrate`, by the owner; may be run again at any time.
-- The desk gets only the verbs that it needs: what somebody did is added and never changed. The site reads the paper.

REVOKE ALL ON ALL TABLES IN SCHEMA public FROM PUBLIC, newsroom_desk, newsroom_site;
REVOKE ALL ON ALL SEQUENCES IN SCHEMA public FROM PUBLIC, newsroom_desk, newsroom_site;
GRANT USAGE ON SCHEMA public TO newsroom_desk, newsroom_site;

-- Functions of ours are asked by name alone: each file that makes one grants it to whoever needs it.
DO $$
DECLARE
    f regprocedure;
BEGIN
    FOR f IN SELECT p.oid::regprocedure FROM pg_proc p
              WHERE p.pronamespace = 'public'::regnamespace AND pg_get_userbyid(p.proowner) = current_user
    LOOP
        EXECUTE format('REVOKE EXECUTE ON FUNCTION %s FROM PUBLIC', f);
    END LOOP;
END
$$;

-- Both ask whether the migrations are applied and the gate is the code's.
GRANT SELECT ON django_migrations, newsroom_installed_sql TO newsroom_desk, newsroom_site;

-- The site: what is printed, under row-level policies (reader/sql/in_print.sql).
GRANT SELECT ON reader_publication, reader_printedtag, reader_printedpicture, reader_edition TO newsroom_site;

-- The desk: accounts, sessions, Django's own tables.
GRANT SELECT ON auth_group, auth_group_permissions, auth_permission, django_content_type TO newsroom_desk;
GRANT SELECT, INSERT, UPDATE, DELETE ON staff_user, staff_user_groups, staff_user_user_permissions, staff_session,
    taggit_tag, taggit_taggeditem TO newsroom_desk;
GRANT SELECT, INSERT ON django_admin_log TO newsroom_desk;
GRANT SELECT, INSERT, UPDATE (sign_count, ended_at) ON staff_passkey TO newsroom_desk;
GRANT SELECT, INSERT, UPDATE (used_at) ON staff_registrationlink TO newsroom_desk;
GRANT SELECT, INSERT, UPDATE (last_step), DELETE ON staff_authenticatorapp TO newsroom_desk;
GRANT SELECT, INSERT, UPDATE (used_at), DELETE ON staff_recoverycode TO newsroom_desk;
GRANT SELECT, INSERT, DELETE ON staff_failedentry TO newsroom_desk;
GRANT SELECT, INSERT, UPDATE (told_at) ON staff_factorreset TO newsroom_desk;

-- The desk: sources and photos.
GRANT SELECT, INSERT, UPDATE, DELETE ON sources_place, sources_circle, sources_talk, sources_source TO newsroom_desk;
GRANT SELECT, INSERT ON sources_vetting TO newsroom_desk;
GRANT SELECT ON sources_confidant TO newsroom_desk;
-- What is sealed is added, sealed anew and destroyed; a keeper's key never changes.
GRANT SELECT, INSERT, UPDATE (agreed_by_id, agreed_at, ended_by_id, ended_at) ON sources_keeper TO newsroom_desk;
GRANT SELECT, INSERT, DELETE, UPDATE (ciphertext, sealed_to) ON sources_sealedrecord TO newsroom_desk;
GRANT SELECT, INSERT, UPDATE (contact_reporter_id), DELETE ON sources_protectedperson TO newsroom_desk;
GRANT SELECT, INSERT, DELETE ON sources_protectedterm TO newsroom_desk;
-- Who is forgotten stays forgotten; talks of which no row is left are counted by the database.
GRANT SELECT, INSERT ON sources_forgetting TO newsroom_desk;
GRANT SELECT ON sources_earliertalks TO newsroom_desk;
GRANT SELECT, INSERT, UPDATE ON sources_ageing, sources_sooninprint TO newsroom_desk;
-- A look's number, hour and hashes are the database's.
GRANT SELECT, INSERT (source_id, person_id, by_id, what, why) ON sources_look TO newsroom_desk;
GRANT SELECT, INSERT, DELETE ON sources_scananswer TO newsroom_desk;
GRANT SELECT, INSERT, UPDATE, DELETE ON photos_photo TO newsroom_desk;
GRANT SELECT, INSERT, DELETE ON photos_rendition TO newsroom_desk;
GRANT SELECT, INSERT ON photos_destroyedoriginal TO newsroom_desk;

-- The desk: stories.
GRANT SELECT, INSERT, UPDATE, DELETE ON articles_section, articles_byline, articles_byline_accounts, articles_article, articles_article_bylines,
    articles_article_authors, articles_attribution, articles_figure, articles_relatedlink, articles_correction, articles_fact TO newsroom_desk;
GRANT SELECT, INSERT, DELETE, UPDATE (passages) ON articles_wording TO newsroom_desk;
GRANT SELECT, INSERT, DELETE ON articles_passage, articles_context TO newsroom_desk;
-- A finding goes with the person whose it was, or with its story; otherwise it is closed and kept.
GRANT SELECT, INSERT, DELETE, UPDATE (places, gone_at) ON articles_leak TO newsroom_desk;
GRANT SELECT, INSERT, UPDATE (agreed_by_id, agreed_at) ON articles_policy, articles_waiver, articles_discretion, articles_override, articles_stagger
    TO newsroom_desk;
GRANT SELECT, INSERT ON articles_writer, articles_confirmation, articles_takenback, articles_verdict, articles_dropping,
    articles_rendering, articles_document, articles_proof, articles_proofwording, articles_proofattribution, articles_signoff, articles_cautionsseen, articles_check,
    articles_printing, articles_pull, articles_pulltold, articles_release, articles_withdrawal, articles_hold, articles_lifting,
    articles_invitation, articles_guestsignature, articles_staggerhour, articles_intake TO newsroom_desk;

-- The record is written by the database alone.
GRANT SELECT ON articles_entry TO newsroom_desk;

-- The door.
GRANT SELECT, INSERT, UPDATE (go_live_at, superseded_at, leaves_at, pulled_at, withdrawn_at) ON reader_publication TO newsroom_desk;
GRANT USAGE ON SEQUENCE reader_turn TO newsroom_desk;
GRANT SELECT, INSERT ON reader_printedtag, reader_printedpicture TO newsroom_desk;
GRANT SELECT ON reader_edition TO newsroom_desk;
