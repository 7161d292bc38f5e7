"""Files to text: built in, or by Apache Tika."""
