"""What docker-compose.yml promises, and what production refuses to start without."""

from __future__ import annotations

import os
import subprocess
import time

import pytest

from safetycase.healthcheck import FRESH
from safetycase.settings.production import faults, refuse_unless_complete
from safetycase.settings.sites import Site
from tests.safetycase.compose import REPOSITORY, NotGiven, must_be_given, services, variables
from tests.safetycase.installation import PROGRAMS, plain_environment

VALUES = {name: name.lower() + "-" * 50 for name in must_be_given()} | {
    "WORKSHOP_HOST": "workshop.example.org",
    "READING_ROOM_HOST": "reading-room.example.org",
}
SERVICES = services(VALUES)
OURS = [service for service in SERVICES.values() if service.is_ours]
RUNNING = [service for service in OURS if service.name != "set-up"]
SITE_OF = {service.name: Site(service.environment["SITE"]) for service in OURS}


def test_services_are_those_of_the_design():
    assert set(SERVICES) == {"database", "redis", "set-up", "workshop", "reading-room", "worker", "beat"}


def test_every_service_has_a_health_check_but_the_one_that_ends():
    assert [name for name, service in SERVICES.items() if "healthcheck" not in service.raw] == ["set-up"]


def test_every_service_waits_for_what_it_needs_to_be_well():
    for service in SERVICES.values():
        for name, wait in service.raw.get("depends_on", {}).items():
            done = "service_completed_successfully" if name == "set-up" else "service_healthy"
            assert (service.name, name, wait["condition"]) == (service.name, name, done)
    assert all("set-up" in service.raw["depends_on"] for service in RUNNING)


def test_our_containers_can_write_nowhere_and_gain_nothing():
    for service in OURS:
        raw = service.raw
        assert (raw["read_only"], raw["cap_drop"]) == (True, ["ALL"])
        assert raw["security_opt"] == ["no-new-privileges:true"]
        assert "volumes" not in raw
        assert all(port.startswith("127.0.0.1:") for port in raw.get("ports", []))
    assert "USER 10001:10001" in (REPOSITORY / "Dockerfile").read_text().splitlines()


def test_secrets_and_networks_are_those_that_a_service_needs():
    told = {
        service.name: {name.removeprefix("SAFETYCASE_DB_") for name in service.environment if "DB_PASSWORD" in name}
        for service in RUNNING
    }
    inside = {"PASSWORD_WORKSHOP", "PASSWORD_INSIDE"}
    assert told == {
        "workshop": inside,
        "reading-room": {"PASSWORD_READING_ROOM"},
        "worker": inside,
        "beat": set(),
    }
    keys = {service.name: service.environment.get("SAFETYCASE_SECRET_KEY") for service in RUNNING}
    assert keys["workshop"] == keys["worker"] != keys["reading-room"]
    assert keys["beat"] is None
    assert [service.name for service in RUNNING if "jobs" in service.raw["networks"]] == ["workshop", "worker", "beat"]


def test_image_takes_no_secret_and_no_test_from_the_checkout():
    assert {".env", ".env.*", "secrets", ".git", "tests"} <= set((REPOSITORY / ".dockerignore").read_text().split())


def test_every_variable_is_explained():
    page = (REPOSITORY / "docs" / "deployment.md").read_text()
    assert sorted(name for name in variables() if f"`{name}`" not in page) == []


@pytest.mark.parametrize("name", sorted(must_be_given()))
def test_compose_refuses_without(name):
    with pytest.raises(NotGiven, match=name):
        services({**VALUES, name: ""})


@pytest.mark.parametrize("service", OURS, ids=lambda service: service.name)
def test_environment_of_the_file_is_complete(service):
    assert list(faults(SITE_OF[service.name], service.environment)) == []


LACKS = [
    ("workshop", {"WORKSHOP_HOST": ""}, "WORKSHOP_HOST must be a full host name"),
    ("workshop", {"WORKSHOP_HOST": "https://workshop.example.org"}, "without https://"),
    ("workshop", {"WORKSHOP_HOST": "localhost"}, "WORKSHOP_HOST must be a full host name"),
    ("workshop", {"WORKSHOP_HOST": "192.0.2.1"}, "WORKSHOP_HOST must be a full host name"),
    ("reading-room", {"READING_ROOM_HOST": "workshop.example.org:444"}, "must be two names"),
    ("reading-room", {"SAFETYCASE_SECRET_KEY": "short"}, "must have 50 characters"),
    (
        "reading-room",
        {"SAFETYCASE_DB_PASSWORD_READING_ROOM": ""},
        "signs in to the database as safetycase_reading_room",
    ),
    ("worker", {"SAFETYCASE_DB_PASSWORD_INSIDE": ""}, "signs in to the database as safetycase_inside"),
    ("set-up", {"SAFETYCASE_DB_HOST": ""}, "the embedded database is for one machine"),
    ("beat", {"REDIS_URL": ""}, "REDIS_URL is not set"),
    ("workshop", {"SAFETYCASE_EMAIL_HOST": ""}, "SAFETYCASE_EMAIL_HOST is not set"),
    ("workshop", {"SAFETYCASE_DEMO": "1"}, "exclude each other"),
]


@pytest.mark.parametrize(("name", "change", "sentence"), LACKS)
def test_production_refuses_with_a_sentence(name, change, sentence):
    with pytest.raises(SystemExit, match=sentence) as refused:
        refuse_unless_complete(SITE_OF[name], SERVICES[name].environment | change)
    assert str(refused.value).count("\n") == 0


def test_secret_may_stand_in_a_file(tmp_path):
    environment = dict(SERVICES["workshop"].environment)
    (tmp_path / "key").write_text(environment.pop("SAFETYCASE_SECRET_KEY") + "\n")
    assert list(faults(Site.WORKSHOP, environment | {"SAFETYCASE_SECRET_KEY_FILE": str(tmp_path / "key")})) == []
    with pytest.raises(SystemExit, match=r"SAFETYCASE_SECRET_KEY_FILE names .* cannot be read"):
        list(faults(Site.WORKSHOP, environment | {"SAFETYCASE_SECRET_KEY_FILE": str(tmp_path / "none")}))


@pytest.mark.parametrize("service", OURS, ids=lambda service: service.name)
def test_entry_command_ends_with_the_sentence(service):
    environment = plain_environment() | service.environment | {"WORKSHOP_HOST": ""}
    ran = subprocess.run(
        service.command, env=environment, cwd=REPOSITORY, capture_output=True, text=True, check=False, timeout=60
    )
    assert ran.returncode != 0
    assert [line for line in ran.stderr.splitlines() if line.startswith("error: ")] == [
        "error: WORKSHOP_HOST must be a full host name, as in workshop.example.org without https://, not ''"
    ]


@pytest.mark.parametrize("name", ["workshop", "reading-room"])
def test_django_finds_nothing_to_say_about_production(name):
    ran = subprocess.run(
        [PROGRAMS / "python", "manage.py", "check", "--deploy", "--tag", "security", "--fail-level", "INFO"],
        env=plain_environment() | SERVICES[name].environment,
        cwd=REPOSITORY,
        capture_output=True,
        text=True,
        check=False,
    )
    assert (ran.returncode, ran.stderr) == (0, "")


@pytest.mark.parametrize("name", ["worker", "beat"])
def test_health_check_wants_a_fresh_sign_of_life(name, tmp_path):
    def status() -> int:
        environment = plain_environment() | {"SAFETYCASE_HOME": str(tmp_path)}
        return subprocess.run(SERVICES[name].health_check, env=environment, cwd=REPOSITORY, check=False).returncode

    assert status() == 1
    sign = tmp_path / "alive" / name
    sign.parent.mkdir()
    sign.touch()
    assert status() == 0
    old = time.time() - FRESH[name] - 1
    os.utime(sign, (old, old))
    assert status() == 1
