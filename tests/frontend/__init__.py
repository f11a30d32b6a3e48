"""Tests of the editor's own code, run by node; each bundles the sources anew, as the editor is bundled."""
