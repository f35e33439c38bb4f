"""The one kind of error that a user of the product can put right."""


class UserError(ValueError):
    """Something that a user gave or asked is not right; the message says in Italian what was expected."""

    #: What the command ends with.
    exit_code = 1
