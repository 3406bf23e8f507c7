// Figures of the ring and its parts, each beside its limit or peer in the same run.
// make bench, or figures-benchmark EXECUTABLES OUTPUT [GROUP …]

import Foundation
import Measuring

let groups: [(name: String, figures: () throws -> [Figure])] = [
  ("codecs", Codecs.figures), ("controllers", Controllers.figures), ("c", ExportedC.figures),
  ("ring", Ring.figures), ("scale", Scale.figures), ("wall", Wall.figures),
]

let arguments = Array(CommandLine.arguments.dropFirst())
let wanted = Set(arguments.dropFirst(2))
var figures: [Figure] = []
for group in groups where wanted.isEmpty || wanted.contains(group.name) {
  for figure in try group.figures() {
    print(figure.line)
    fflush(nil)
    figures.append(figure)
  }
}
if arguments.count > 1 {
  let encoder = JSONEncoder()
  encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
  try encoder.encode(figures).write(to: URL(fileURLWithPath: arguments[1]))
}
