"""The compose file: what it starts, in which order, and that only this machine can reach it."""

import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

from service.settings import read_settings

ROOT = Path(__file__).parents[2]
COMPOSE: dict[str, Any] = yaml.safe_load((ROOT / "docker-compose.yml").read_text(encoding="utf-8"))
SERVICES: dict[str, dict[str, Any]] = COMPOSE["services"]
OURS = {name: service for name, service in SERVICES.items() if "build" in service}


def has_health_check(service: dict[str, Any]) -> bool:
    return "test" in service.get("healthcheck", {})


def test_it_runs_several_instances_and_workers_on_one_database() -> None:
    commands = sorted(" ".join(service["command"]) for service in OURS.values())
    assert commands == ["migrate", "serve", "serve", "worker", "worker"]
    assert sorted(set(SERVICES) - set(OURS)) == ["mail", "postgres", "proxy"]


def test_every_service_has_a_health_check_or_waits_for_one() -> None:
    def waits(service: dict[str, Any]) -> bool:
        conditions = service.get("depends_on", {})
        return any(
            c["condition"] == "service_healthy" and has_health_check(SERVICES[n])
            for n, c in conditions.items()
        )

    assert [
        name for name, service in SERVICES.items() if not (has_health_check(service) or waits(service))
    ] == []


def test_nothing_starts_before_what_it_waits_for_can_be_waited_for() -> None:
    wrong = [
        f"{name} waits for {other}"
        for name, service in SERVICES.items()
        for other, condition in service.get("depends_on", {}).items()
        if (condition["condition"] == "service_healthy" and not has_health_check(SERVICES[other]))
        or (condition["condition"] == "service_completed_successfully" and SERVICES[other]["restart"] != "no")
    ]
    assert wrong == []


def test_apps_and_workers_wait_for_the_migration() -> None:
    waiting = {
        n: s["depends_on"].get("migrate", {}).get("condition") for n, s in OURS.items() if n != "migrate"
    }
    assert set(waiting.values()) == {"service_completed_successfully"}


def test_ports_open_on_this_machine_alone() -> None:
    ports = [port for service in SERVICES.values() for port in service.get("ports", [])]
    assert ports == ["127.0.0.1:8080:8080", "127.0.0.1:8025:8025"]
    assert [name for name, service in SERVICES.items() if service.get("network_mode")] == []


def test_every_image_is_pinned_to_a_version() -> None:
    tags = {service["image"]: service["image"].rpartition(":")[2] for service in SERVICES.values()}
    assert [image for image, tag in tags.items() if not re.match(r"v?\d+\.\d+", tag)] == []


def test_secrets_come_from_the_environment_and_are_explained() -> None:
    text = (ROOT / "docker-compose.yml").read_text(encoding="utf-8")
    named = set(re.findall(r"\$\{([A-Z_]+)", text))
    explained = set(
        re.findall(r"^([A-Z_]+)=", (ROOT / "deploy/example.env").read_text(encoding="utf-8"), re.MULTILINE)
    )
    assert named == explained
    passwords = re.findall(r"PASSWORD: (.*)", text)
    assert [value for value in passwords if not value.startswith("${POSTGRES_PASSWORD:?")] == []


def test_every_setting_given_is_one() -> None:
    for service in OURS.values():
        given = {
            name: value for name, value in service["environment"].items() if name.startswith("SYMPOLITY_")
        }
        plain = {name: re.sub(r"\$\{\w+:-([^}]*)\}", r"\1", value) for name, value in given.items()}
        settings = read_settings(plain)
        assert settings.database_url.startswith("postgresql://")
        assert settings.workers == "0"


def test_every_named_volume_is_declared() -> None:
    mounts = [mount for service in SERVICES.values() for mount in service.get("volumes", [])]
    named = {mount.partition(":")[0] for mount in mounts if not mount.startswith(".")}
    assert named == set(COMPOSE["volumes"])
    assert [m for m in mounts if m.startswith(".") and not (ROOT / m.partition(":")[0]).exists()] == []


def test_proxy_forwards_to_every_app_instance_and_asks_whether_it_is_ready() -> None:
    caddy = (ROOT / "deploy/Caddyfile").read_text(encoding="utf-8")
    (forwarded,) = re.findall(r"reverse_proxy (.*) \{", caddy)
    assert forwarded.split() == [f"{n}:8000" for n, s in OURS.items() if s["command"] == ["serve"]]
    assert "health_uri /readyz" in caddy
    assert caddy.count("{") == caddy.count("}")


def test_proxy_is_believed_and_nobody_else_reaches_an_app() -> None:
    apps = [service for service in OURS.values() if service["command"] == ["serve"]]
    assert [app["environment"]["FORWARDED_ALLOW_IPS"] for app in apps] == ["*", "*"]
    assert [app.get("ports") for app in apps] == [None, None]


@pytest.mark.parametrize("command", sorted({service["command"][0] for service in OURS.values()}))
def test_every_command_exists(command: str) -> None:
    words = [sys.executable, "-m", "service", command, "--help"]
    done = subprocess.run(words, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
