/// The version of the tool, the services and the protocol between them.
public let chromaticVersion = "0.1.0"
