"""Aliases for sources: two random words, so that nothing in them can come from the person."""

import secrets

# Over 15,000 pairs: enough for a desk of some hundred sources. A clash is refused by the form, which says so.
FIRST = (
    "amber ashen autumn azure blue bold bright bronze calm cedar chalk clear cloud cobalt copper coral cotton crisp "
    "dawn deep dune dusk early east ember even fair fallow far felt fern fine flint fond forest free fresh frost gentle "
    "gilded glad golden grand grass gray green harbor hazel high hollow honey humble indigo inland iron ivory jade keen "
    "kind lake large late lean level light lime linen little long lower lunar maple marble mellow merry mild misty moss "
    "narrow neat new noble north oaken ochre olive opal open outer pale pearl pine plain plum polar prime pure quick "
    "quiet rapid red reed river rose round royal ruby rural sable salt sandy scarlet sea silent silver slate slow small "
    "smooth snow soft solar south spare"
).split()
SECOND = (
    "acorn anchor anvil apple arrow badger balcony barley basin basket beacon bell bench birch bird boat book bottle "
    "branch brick bridge brook bucket button cabin candle canal canyon cart castle chair cherry chest circle clock cloak "
    "comet compass crane creek crow cup curtain deer desk dove drum eagle elm engine falcon feather fence ferry field "
    "finch fir fire flame flute fox gate glass goose grain grove gull hammer harp harvest hawk heron hill hinge horn horse "
    "island jar kettle key kite ladder lamp lantern lark leaf ledge lemon letter lily loom lynx magpie meadow mill mirror "
    "moon needle nest oak oar orchard otter owl paddle paper path pear pebble pepper piano pigeon plough pond poplar quill "
    "raven ribbon ridge ring road robin rope"
).split()


def new_alias() -> str:
    """Two random words, such as "quiet heron"."""
    return f"{secrets.choice(FIRST)} {secrets.choice(SECOND)}"
