"""deploy/nginx.conf in a real nginx, with other paths and ports and nothing else changed."""

import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.certificates import certificate
from tests.ports import held_port

HOUSE = Path(__file__).parents[2]
SITE = HOUSE / "deploy" / "nginx.conf"
FORMS = "forms.clinic.example"
TEMPORARY = ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
# What Debian's own nginx.conf says: it packs, logs, and takes old protocols until a site says no.
AROUND = """\
{user}
worker_processes 1;
pid {folder}/nginx.pid;
error_log {folder}/error.log;
events {{ worker_connections 768; }}
http {{
    sendfile on;
    tcp_nopush on;
    default_type application/octet-stream;
    types {{ text/html html; text/css css; text/javascript js; image/svg+xml svg; image/png png; }}
    ssl_protocols TLSv1 TLSv1.1 TLSv1.2 TLSv1.3;
    access_log {folder}/access.log;
    gzip on;
    gzip_proxied any;
    {temporary}
    include {folder}/sites/*;
}}
"""


@dataclass(frozen=True)
class Site:
    """One name that nginx answers to, and the server behind it."""

    name: str
    behind: int
    tls: int
    plain: int

    @classmethod
    def of(cls, name: str, behind: int) -> "Site":
        """Take two ports for a name."""
        return cls(name, behind, held_port(), held_port())

    def written(self, folder: Path) -> str:
        """Write the site of deploy/ for this machine: its name, ports, paths and certificate."""
        signed = certificate(folder, self.name)
        changes = {
            f"/etc/letsencrypt/live/{FORMS}/fullchain.pem": str(signed),
            f"/etc/letsencrypt/live/{FORMS}/privkey.pem": str(signed),
            "/var/cache/screener/": f"{folder}/outage/",
            "127.0.0.1:8000": f"127.0.0.1:{self.behind}",
            "listen 443 ": f"listen 127.0.0.1:{self.tls} ",
            "listen [::]:443 ": f"listen [::1]:{self.tls} ",
            "listen 80;": f"listen 127.0.0.1:{self.plain};",
            "listen [::]:80;": f"listen [::1]:{self.plain};",
            FORMS: self.name,
        }
        site = SITE.read_text("utf-8")
        for said, here in changes.items():
            if said not in site:
                raise LookupError(f"deploy/nginx.conf does not say {said!r} any more")
            site = site.replace(said, here)
        return site


class Nginx:
    """nginx with a folder of its own; `folder/outage` holds the pages of `screener outage`."""

    def __init__(self, folder: Path, *sites: Site) -> None:
        self.folder = folder
        folder.chmod(0o755)  # it runs as somebody else
        (folder / "sites").mkdir()
        for site in sites:
            (folder / "sites" / site.name).write_text(site.written(folder), "utf-8")
        user = "user www-data;" if os.geteuid() == 0 else ""
        temporary = "".join(f"{one}_temp_path {folder}/temporary/{one}; " for one in TEMPORARY)
        (folder / "temporary").mkdir(mode=0o755)
        written = AROUND.format(user=user, folder=folder, temporary=temporary)
        (folder / "nginx.conf").write_text(written, "utf-8")

    def said(self, *words: str) -> tuple[int, str]:
        """Call the program, and return its exit code and what it says."""
        command = ["nginx", "-p", str(self.folder), "-e", str(self.folder / "error.log")]
        command += ["-c", str(self.folder / "nginx.conf"), *words]
        done = subprocess.run(command, check=False, capture_output=True, text=True)
        return done.returncode, done.stdout + done.stderr

    @contextmanager
    def running(self) -> Iterator[None]:
        """Let it run, with no folder to put anything in: what it would write to files fails."""
        code, said = self.said()
        if code:
            raise RuntimeError(said)
        shutil.rmtree(self.folder / "temporary")
        try:
            yield
        finally:
            self.said("-s", "stop")

    def logs(self) -> str:
        """Return all that it has logged."""
        return "".join(log.read_text("utf-8") for log in self.folder.glob("*.log"))
