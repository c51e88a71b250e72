"""What a guest’s passkey signed, kept so that it can be verified again."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("articles", "0006_record"),
        ("staff", "0004_passkeys"),
    ]

    operations = [
        migrations.CreateModel(
            name="GuestSignature",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("authenticator_data", models.BinaryField()),
                ("client_data", models.BinaryField()),
                ("signature", models.BinaryField()),
                (
                    "invitation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="signatures", to="articles.invitation"
                    ),
                ),
                (
                    "passkey",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="staff.passkey"
                    ),
                ),
                (
                    "sign_off",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="guest_signature",
                        to="articles.signoff",
                    ),
                ),
            ],
            options={
                "verbose_name": "guest’s signature",
                "verbose_name_plural": "guests’ signatures",
                "ordering": ["pk"],
            },
        ),
    ]
