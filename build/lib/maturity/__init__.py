"""From one definition to a maturity playbook: everything that is ours, and nothing of MkDocs."""
