"""Records the request bodies that boto3 would send, so that a test can compare the extension's own requests with them.

Run from the repository's root, with boto3 installed; nothing is sent anywhere, every request ends in a hook:

    python3 test/unit/providers/boto3/record.py > test/unit/providers/boto3/requests.json

Each case has a name, by which test/unit/providers/boto3/*.test.ts finds it and makes the same call through the extension's provider.
"""

import json
import sys

import boto3
import botocore
from botocore.awsrequest import AWSResponse

REGION = "eu-west-1"
RSA = (
    "ssh-rsa AAAAB3NzaC1yc2EAAAADAQABAAABAQCl2WtKUGhcRYaxSpgZNuOhAXgqkKAL1BjLZbPAzcQE9RB4T5ad027CyIOh5oZLqm+ADKQDdICxgQo4txGZY/"
    "Ogt0qw9HJA1lk/VgrIX+iC8poFxxcydKqsdisbRaUhAb5KNsD/8v6uN8NYAW2dgpEIyCR7Tyl436+e/EVhtLJoq7EWyFMSWfZf5NF2/L9tv3h0HGERjbHa6X1q"
    "mBuAY/ENH5PzhhTkVybTZ5TGpWn/cyWG6CDJjcsk1nxhm9Jfq4bsrEy6cTokvRUHhnZC1zj2nWIArQJSVdbYSjklWx+NSuCKOPVUwgFIAb9gKbAmgGEp3ltzC7RD"
    "3UtduWA1Nojt"
)
ED25519 = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIOurWTvNIjrDxPq6u/xYP+UAY5kmb6cIQi0xo2x7fqIE"
KEY_PAIR_ID = "key-0123456789abcdef0"
TAGS = {"team": "platform", "empty": "", "key with spaces": "ü 漢字 +&=%", "a:/b@c": "~!*'()"}


def ec2_tags(tags):
    return [{"Key": key, "Value": value} for key, value in tags.items()]


def specifications(tags):
    return [{"ResourceType": "key-pair", "Tags": ec2_tags(tags)}]


def imported(name, line, **more):
    return {"KeyName": name, "PublicKeyMaterial": line.encode(), **more}


def created(key_type, key_format, **more):
    return {"KeyName": "made", "KeyType": key_type, "KeyFormat": key_format, **more}


def lightsail_tags(tags):
    return [{"key": key, "value": value} for key, value in tags.items()]


LIGHTSAIL_TAGS = {"team": "platform", "empty": "", "key with spaces": "ü 漢字 +-=._:/@"}

# Name of the case, service, method of boto3's client, its arguments.
CASES = [
    ("import RSA", "ec2", "import_key_pair", imported("laptop", RSA)),
    ("import with comment", "ec2", "import_key_pair", imported("laptop", f"{RSA} me@laptop")),
    ("import ED25519", "ec2", "import_key_pair", imported("laptop", ED25519)),
    ("import with tags", "ec2", "import_key_pair", imported("laptop", RSA, TagSpecifications=specifications(TAGS))),
    ("import under a name with spaces", "ec2", "import_key_pair", imported("my key (old) + ~new*/:", RSA)),
    ("dry run of an import", "ec2", "import_key_pair", imported("laptop", RSA, DryRun=True)),
    (
        "dry run of an import with tags",
        "ec2",
        "import_key_pair",
        imported("laptop", ED25519, DryRun=True, TagSpecifications=specifications(TAGS)),
    ),
    ("create RSA", "ec2", "create_key_pair", created("rsa", "pem")),
    ("create ED25519", "ec2", "create_key_pair", created("ed25519", "pem")),
    ("create RSA for PuTTY", "ec2", "create_key_pair", created("rsa", "ppk")),
    (
        "create ED25519 for PuTTY with tags",
        "ec2",
        "create_key_pair",
        created("ed25519", "ppk", TagSpecifications=specifications(TAGS)),
    ),
    ("list", "ec2", "describe_key_pairs", {"IncludePublicKey": True}),
    (
        "find",
        "ec2",
        "describe_key_pairs",
        {"IncludePublicKey": True, "Filters": [{"Name": "key-name", "Values": ["my key"]}]},
    ),
    (
        "find a name with wildcards",
        "ec2",
        "describe_key_pairs",
        {"IncludePublicKey": True, "Filters": [{"Name": "key-name", "Values": ["a\\*b\\?c\\\\d"]}]},
    ),
    ("delete by id", "ec2", "delete_key_pair", {"KeyPairId": KEY_PAIR_ID}),
    ("delete by name", "ec2", "delete_key_pair", {"KeyName": "my key"}),
    ("set tags", "ec2", "create_tags", {"Resources": [KEY_PAIR_ID], "Tags": ec2_tags(TAGS)}),
    (
        "remove tags",
        "ec2",
        "delete_tags",
        {"Resources": [KEY_PAIR_ID], "Tags": [{"Key": key} for key in TAGS]},
    ),
    ("regions", "ec2", "describe_regions", {"AllRegions": True}),
    ("lightsail import RSA", "lightsail", "import_key_pair", {"keyPairName": "laptop", "publicKeyBase64": RSA}),
    (
        "lightsail import ED25519 with comment",
        "lightsail",
        "import_key_pair",
        {"keyPairName": "laptop", "publicKeyBase64": f"{ED25519} me@laptop"},
    ),
    ("lightsail create", "lightsail", "create_key_pair", {"keyPairName": "made"}),
    (
        "lightsail create with tags",
        "lightsail",
        "create_key_pair",
        {"keyPairName": "made", "tags": lightsail_tags(LIGHTSAIL_TAGS)},
    ),
    ("lightsail find", "lightsail", "get_key_pair", {"keyPairName": "laptop"}),
    ("lightsail list", "lightsail", "get_key_pairs", {"includeDefaultKeyPair": True}),
    ("lightsail delete", "lightsail", "delete_key_pair", {"keyPairName": "laptop"}),
    (
        "lightsail set tags",
        "lightsail",
        "tag_resource",
        {"resourceName": "laptop", "tags": lightsail_tags(LIGHTSAIL_TAGS)},
    ),
    (
        "lightsail remove tags",
        "lightsail",
        "untag_resource",
        {"resourceName": "laptop", "tagKeys": list(LIGHTSAIL_TAGS)},
    ),
    ("lightsail regions", "lightsail", "get_regions", {}),
]


def body_of(service, method, arguments):
    """The body of the request, as text, exactly as it would go over the wire."""
    client = boto3.client(service, region_name=REGION, aws_access_key_id="AKID", aws_secret_access_key="secret")
    bodies = []

    def take(request, **_):
        body = request.body
        bodies.append(body.decode() if isinstance(body, bytes) else body)
        return AWSResponse(request.url, 200, {}, Empty(service))

    client.meta.events.register("before-send", take)
    getattr(client, method)(**arguments)
    (body,) = bodies
    return body


class Empty:
    """The body of an answer without anything in it."""

    def __init__(self, service):
        self.content = b"<Response/>" if service == "ec2" else b"{}"

    def stream(self, **_):
        yield self.content


def main():
    requests = {name: body_of(service, method, arguments) for name, service, method, arguments in CASES}
    json.dump({"botocore": botocore.__version__, "requests": requests}, sys.stdout, indent="\t", ensure_ascii=False)
    sys.stdout.write("\n")


if __name__ == "__main__":
    main()
