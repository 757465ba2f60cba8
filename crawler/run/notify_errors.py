"""What can keep a digest from being sent."""

from http.client import HTTPException
from smtplib import SMTPException

NOT_SENT = (OSError, HTTPException, SMTPException, ValueError)
"""No connection, no certificate, another protocol at the other end, a refusal, a setting that cannot be right."""
