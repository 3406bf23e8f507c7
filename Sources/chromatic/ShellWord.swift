extension String {
  /// The text as one word of a POSIX shell, quoted where it has to be.
  var shellWord: String {
    let plain =
      !isEmpty
      && allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || "-_./:=@%+,".contains($0)) }
    return plain ? self : "'" + replacing("'", with: "'\\''") + "'"
  }
}
