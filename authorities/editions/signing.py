"""The signature of an edition: Ed25519 over its manifest, by the library ``cryptography`` (extra ``sign``).

The manifest holds the hash of every file, so its signature covers them all. Keys are PEM files of the user's own.
"""

from __future__ import annotations

import json
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from rules.faults import Fault, FaultsError, Place

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

ALGORITHM = "Ed25519"


class Signature(NamedTuple):
    """``key``: SHA-256 of the raw public key, in hexadecimal, so that a reader can tell which key it was."""

    key: str
    signature: str

    def content(self) -> bytes:
        """The signature as a file: JSON."""
        raw = {"algorithm": ALGORITHM, "key": self.key, "signature": self.signature}
        return (json.dumps(raw, indent=1) + "\n").encode()


def sign(manifest: bytes, key: Path) -> Signature:
    """Sign a manifest with the private key in a PEM file. Raises FaultsError."""
    private: Ed25519PrivateKey = _key(key, private=True)
    return Signature(_fingerprint(private.public_key()), private.sign(manifest).hex())


def read_signature(content: bytes) -> Signature:
    """The signature a file holds. Raises ValueError for a file that is none."""
    try:
        raw = json.loads(content)
        made = Signature(raw["key"], raw["signature"])
        bytes.fromhex(made.signature + made.key)
    except (KeyError, TypeError, RecursionError, UnicodeError) as error:
        raise ValueError("not a signature") from error
    if made.content() != content:
        raise ValueError("not a signature")
    return made


def problem(signature: Signature, manifest: bytes, key: Path) -> str:
    """Why a signature is not that of the public key in a PEM file over a manifest; empty: it is. Raises FaultsError."""
    public: Ed25519PublicKey = _key(key, private=False)
    from cryptography.exceptions import InvalidSignature

    if _fingerprint(public) != signature.key:
        return f"signed by another key ({short(signature.key)}, not {short(_fingerprint(public))})"
    try:
        public.verify(bytes.fromhex(signature.signature), manifest)
    except InvalidSignature:
        return "the signature is not that of this manifest"
    return ""


def short(key: str) -> str:
    """The first digits of a key's hash, as people compare them."""
    return key[:16]


def _key(path: Path, *, private: bool) -> Any:
    what = "private" if private else "public"
    try:
        from cryptography.exceptions import UnsupportedAlgorithm
        from cryptography.hazmat.primitives import serialization
        from cryptography.hazmat.primitives.asymmetric import ed25519
    except ImportError:
        said = "no library for signatures", "the extra sign: pip install 'authority-advisor[sign]'"
        raise FaultsError([Fault(Place(str(path), None, ""), *said)]) from None
    try:
        content = path.read_bytes()
    except OSError as error:
        reason = error.strerror or "no such file"
        raise FaultsError([Fault(Place(str(path), None, ""), reason, f"a file with a {what} key")]) from None
    expected = f"an {ALGORITHM} {what} key as PEM" + (", without a password" if private else "")
    try:
        made: Any = (
            serialization.load_pem_private_key(content, None) if private else serialization.load_pem_public_key(content)
        )
    except (ValueError, TypeError, UnsupportedAlgorithm):
        made = None
    if not isinstance(made, ed25519.Ed25519PrivateKey if private else ed25519.Ed25519PublicKey):
        raise FaultsError([Fault(Place(str(path), None, ""), "no such key", expected)])
    return made


def _fingerprint(public: Ed25519PublicKey) -> str:
    return sha256(public.public_bytes_raw()).hexdigest()
