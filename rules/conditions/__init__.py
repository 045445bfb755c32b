"""Conditions: short texts that authors write, checked and turned into typed trees."""
