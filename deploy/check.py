#!/usr/bin/env python3
"""Starts every service with exactly the settings named in compose.yaml and kubernetes/, and asks it which of them it took.

Needs PyYAML and the unpacked services (deploy/unpack); no container engine. Addresses and secrets are replaced by harmless
ones of this machine; names are left as they are. A name no service knows, a service that is not ready or a file that
is not YAML ends with 1.
"""
import json
import os
import re
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from pathlib import Path

import yaml

HERE = Path(__file__).resolve().parent
HARMLESS = {
    "PERGOLA_SESSION_PUBLIC_ORIGIN": "http://localhost:8080",
    "PERGOLA_REGISTRY_DATASOURCE_URL": "jdbc:h2:mem:check",
    "PERGOLA_REGISTRY_DATASOURCE_USERNAME": "sa",
}


def kubernetes():
    """Name of each deployment, and its environment."""
    documents = [d for f in sorted(HERE.glob("kubernetes/*.yaml")) for d in yaml.safe_load_all(f.read_text())]
    maps = {d["metadata"]["name"]: d["data"] for d in documents if d["kind"] == "ConfigMap"}
    for document in documents:
        if document["kind"] == "Deployment":
            (container,) = document["spec"]["template"]["spec"]["containers"]
            environment = {}
            for source in container.get("envFrom", []):
                environment |= maps[source["configMapRef"]["name"]]
            for entry in container["env"]:
                environment[entry["name"]] = entry.get("value", "a-secret-of-this-check")
            yield document["metadata"]["name"], environment


def compose():
    """Name of each service built here, and its environment."""
    for name, service in yaml.safe_load((HERE / "compose.yaml").read_text())["services"].items():
        if "build" in service:
            yield name, {k: re.sub(r"\$\{\w+(?::-([^}]*)|[^}]*)\}", r"\1", v) or "a-secret-of-this-check"
                         for k, v in service["environment"].items()}


def harmless(name, value, folder):
    if name.endswith("_DIRECTORY"):
        return str(folder / "data")
    if name.endswith(("_URL", "_URI")) and not value.startswith("jdbc:"):
        value = "http://localhost:9"
    return HARMLESS.get(name, value)


def free_port():
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return str(one.getsockname()[1])


def lay_out(service, folder):
    """Puts what the Dockerfile copies into one folder."""
    for layer in ("dependencies", "snapshot-dependencies", "application"):
        shutil.copytree(HERE / "target" / service / layer, folder, dirs_exist_ok=True)


def taken(management):
    """Names of environment variables the service took a setting from, or None while it starts."""
    try:
        with urllib.request.urlopen(f"http://localhost:{management}/actuator/health/readiness", timeout=2) as answer:
            assert answer.status == 200
        with urllib.request.urlopen(f"http://localhost:{management}/actuator/configprops", timeout=5) as answer:
            return set(re.findall(r'System Environment Property \\"(\w+)\\"', json.dumps(json.load(answer))))
    except OSError:
        return None


def check(origin, service, environment, folder):
    wanted = {name: harmless(name, value, folder) for name, value in environment.items()}
    management = free_port()
    extra = {"SERVER_PORT": free_port(), "MANAGEMENT_SERVER_PORT": management,
             "MANAGEMENT_ENDPOINTS_WEB_EXPOSURE_INCLUDE": "health,configprops"}
    lay_out(service, folder)
    java = os.path.join(os.environ["JAVA_HOME"], "bin", "java") if "JAVA_HOME" in os.environ else "java"
    with open(folder / "log", "w+") as log:
        process = subprocess.Popen([java, "-Xmx256m", "-jar", "service.jar"], cwd=folder, stdout=log, stderr=log,
                                   env={"PATH": os.environ["PATH"]} | wanted | extra)
        try:
            end, found = time.monotonic() + 90, None
            while found is None and process.poll() is None and time.monotonic() < end:
                time.sleep(0.3)
                found = taken(management)
        finally:
            process.kill()
            process.wait()
        if found is None:
            log.seek(0)
            print(f"{origin}: {service} is not ready\n{log.read()[-3000:]}")
            return False
    # Java's own, which it reads itself.
    unknown = set(wanted) - found - {"JAVA_TOOL_OPTIONS"}
    print(f"{origin}: {service} is ready, {len(wanted) - len(unknown)} settings taken", *(["unknown:", *sorted(unknown)] if unknown else []))
    return not unknown


def main():
    good = []
    for origin, services in (("kubernetes", kubernetes()), ("compose", compose())):
        for service, environment in services:
            with tempfile.TemporaryDirectory(prefix="pergola-check-") as folder:
                good.append(check(origin, service, environment, Path(folder)))
    sys.exit(0 if good and all(good) else 1)


if __name__ == "__main__":
    main()
