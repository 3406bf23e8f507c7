import ChromaticPolicy

// robot FILE: reads an observation a line from the sensors, numbers with spaces between them, and writes what
// the actuators are to do, a line each. FILE is what `chromatic export --format binary` wrote.
do {
  guard CommandLine.arguments.count == 2 else { throw Mistake(line: "usage: robot POLICY") }
  let policy = try DeployedPolicy(contentsOf: CommandLine.arguments[1])
  while let line = readLine() {
    let observation = line.split(separator: " ").compactMap { Double($0) }
    switch try policy.act(on: observation) {
    case .control(let values): print(values.map(\.description).joined(separator: " "))
    case .choice(let number): print(number)
    }
    flush()
  }
} catch {
  complain("robot: \(error)")
}

struct Mistake: Error, CustomStringConvertible {
  let line: String
  var description: String { line }
}
