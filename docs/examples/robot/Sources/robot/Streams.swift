#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Sends what was printed on its way.
func flush() { fflush(nil) }

/// Ends the program with a line on standard error.
func complain(_ line: String) -> Never {
  (line + "\n").withCString { text in _ = write(2, text, strlen(text)) }
  exit(65)
}
