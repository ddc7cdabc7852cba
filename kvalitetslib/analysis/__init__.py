"""From checked tables to evidence, findings and reports. No prose, no HTML."""
