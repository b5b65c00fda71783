"""Take messages of changes: WEBHOOK_SECRET=whsec_… python webhook_receiver.py [PORT]

Put a proxy that speaks https in front of it. It needs the library `standardwebhooks`.
"""

import json
import os
import sqlite3
import sys
from http.server import BaseHTTPRequestHandler, HTTPServer

from standardwebhooks import Webhook, WebhookVerificationError

LONGEST = 100_000
webhook = Webhook(os.environ["WEBHOOK_SECRET"])
box = sqlite3.connect(os.environ.get("WEBHOOK_BOX", "messages.sqlite"))
box.execute("CREATE TABLE IF NOT EXISTS message (id PRIMARY KEY, type, sequence, body)")


def take(headers, body):
    """Which status to answer. A message that came before is taken again, and kept once."""
    try:
        webhook.verify(body, headers)  # the signature, and that it is not older than five minutes
    except WebhookVerificationError:
        return 401
    message = json.loads(body)
    row = [headers["webhook-id"], message["type"], message["data"].get("sequence"), body]
    with box:
        box.execute("INSERT OR IGNORE INTO message VALUES (?, ?, ?, ?)", row)
    return 204  # kept: whatever else there is to do is done later, from the box


class Receiver(BaseHTTPRequestHandler):
    def do_POST(self):
        length = int(self.headers.get("Content-Length", 0))
        if length > LONGEST:
            status = 413
        else:
            headers = {name.lower(): value for name, value in self.headers.items()}
            status = take(headers, self.rfile.read(length).decode())
        self.send_response(status)
        self.end_headers()


if __name__ == "__main__":
    port = int(sys.argv[1]) if len(sys.argv) > 1 else 8099
    HTTPServer(("127.0.0.1", port), Receiver).serve_forever()
