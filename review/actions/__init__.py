"""Writes of this room: releases, editions, threads."""
