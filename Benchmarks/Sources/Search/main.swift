import ArchitectureSearch
import ChromaticPolicy
import Randomness

// Planted-partition curves of the controllers:
//   search-benchmark [kind] [edges] [classes] [partitions] [steps] [setting=value …]
// Reward: number of edges that agree with a hidden colouring, plus noise of standard deviation 3.

let arguments = CommandLine.arguments.dropFirst()
let positional = arguments.filter { !$0.contains("=") }
let kind = positional.first.flatMap(ControllerKind.init(rawValue:)) ?? .pointer
let given = positional.dropFirst().compactMap { Int($0) }
let numbers = given + [943, 17, 301, 40].dropFirst(given.count)
let (edgeCount, classCount, count, steps) = (numbers[0], numbers[1], numbers[2], numbers[3])

var settings = ControllerSettings()
for argument in arguments where argument.contains("=") {
  let parts = argument.split(separator: "=")
  guard parts.count == 2, let value = Double(parts[1]) else { fatalError("bad \(argument)") }
  switch parts[0] {
  case "learningRate": settings.learningRate = value
  case "sharedLearningRate": settings.sharedLearningRate = value
  case "entropyWeight": settings.entropyWeight = value
  case "baselineDecay": settings.baselineDecay = value
  case "divergenceLimit": settings.divergenceLimit = value
  case "replayWeight": settings.replayWeight = value
  case "temperature": settings.temperature = value
  case "logitBound": settings.logitBound = value
  case "initialConcentration": settings.initialConcentration = value
  case "hiddenWidth": settings.hiddenWidth = Int(value)
  case "attentionWidth": settings.attentionWidth = Int(value)
  default: fatalError("unknown setting \(parts[0])")
  }
}

var hiddenStream = RandomStream(seed: 99, purpose: .episode)
let hidden = (0..<edgeCount).map { _ in Int32(hiddenStream.next() % UInt64(classCount)) }
var controller = kind.make(
  edgeCount: edgeCount, classCount: classCount, seed: 1, settings: settings)
print("kind step agreement entropy classes KL sample-seconds update-seconds")
for step in 0..<steps {
  let clock = ContinuousClock()
  let start = clock.now
  let partitions = controller.draw(count: count, seed: 7, step: step)
  let sampled = clock.now
  var noise = RandomStream(seed: 3, purpose: .episode, iteration: UInt32(step))
  let agreements = partitions.map { partition in
    Double(zip(partition.classes, hidden).count { $0 == $1 })
  }
  let rewards = agreements.map { Double?($0 + 3 * noise.gaussian()) }
  let report = controller.update(partitions: partitions, rewards: rewards, seed: 7, step: step)
  let figures = [
    agreements.reduce(0, +) / Double(count), report.entropyPerEdge, report.classesUsed,
    report.divergencePerEdge, (sampled - start) / .seconds(1), (clock.now - sampled) / .seconds(1),
  ]
  let columns = figures.map { String(Double(Int($0 * 10_000)) / 10_000) }
  print(kind.rawValue, step, columns.joined(separator: " "))
}
