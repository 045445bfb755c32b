"""Lighthouse, as a phone on a slow line sees our pages. A development tool: no test needs it."""
