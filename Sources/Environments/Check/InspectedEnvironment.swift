/// An environment that declares spaces which this program does not see, and says what it returns beyond them.
protocol InspectedEnvironment: Environment {
  /// What was found since the last call, and holds what is returned from now on against the spaces.
  ///
  /// The first call finds nothing.
  func inspect() throws(EnvironmentFailure) -> [EnvironmentCheck.Finding]
}
