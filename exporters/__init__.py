"""Readers of foreign files and writers of workbooks, PDFs and other exports; no Qt."""
