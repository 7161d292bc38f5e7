"""Rows in and out: files, feeds and messages, who may write what, exports, and deliveries taken back."""
