"""An identity provider without a network: what it says is set by the test."""

import json
import time
from dataclasses import dataclass, field
from typing import Any, ClassVar

import jwt

from koempel.desk.accounts.adapters import PartnerAdapter

SERVER = "https://aanmelden.invalid"
CLIENT = "koempel"
CONFIGURATION = {
    "issuer": SERVER,
    "authorization_endpoint": f"{SERVER}/auth",
    "token_endpoint": f"{SERVER}/token",
    "jwks_uri": f"{SERVER}/keys",
    "token_endpoint_auth_methods_supported": ["client_secret_post"],
}
PROVIDERS = {
    "openid_connect": {
        "OAUTH_PKCE_ENABLED": True,
        "APPS": [
            {
                "provider_id": "vo",
                "name": "Aanmelden Vlaanderen",
                "client_id": CLIENT,
                "secret": "geheim van de test",
                "settings": {"server_url": SERVER, "uid_field": "vo_id", "fetch_userinfo": False},
            }
        ],
    }
}


@dataclass
class Answer:
    body: dict[str, Any]
    status_code: int = 200
    headers: dict[str, str] = field(default_factory=lambda: {"content-type": "application/json"})

    def json(self):
        return self.body

    @property
    def text(self):
        return json.dumps(self.body)

    def raise_for_status(self):
        return None


class Session:
    claims: ClassVar[dict[str, Any]] = {}
    asked: ClassVar[list[str]] = []

    def __enter__(self):
        return self

    def __exit__(self, *error):
        return None

    def get(self, url, **rest):
        return self.request("GET", url)

    def request(self, method, url, **rest):
        Session.asked.append(url)
        if url == CONFIGURATION["token_endpoint"]:
            return Answer({"access_token": "x", "token_type": "Bearer", "id_token": self._token()})
        return Answer(CONFIGURATION)

    def _token(self):
        now = int(time.time())
        term = {"iss": SERVER, "aud": CLIENT, "iat": now, "exp": now + 60, "sub": "pairwise"}
        return jwt.encode({**term, **self.claims}, "a key that nobody checks, long enough", "HS256")


class FakeAdapter(PartnerAdapter):
    def get_requests_session(self):
        return Session()
