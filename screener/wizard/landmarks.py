"""The few questions that the wizard itself must know by their ids."""

CONSENT = "ack"  # nobody goes on without a yes
COUNTRY = "country"  # picks the help lines
