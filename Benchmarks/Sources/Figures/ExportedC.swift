import ChromaticPolicy
import Foundation
import Measuring

/// One action of the exported C file, beside the same network with a weight per edge.
enum ExportedC {
  static func figures() throws -> [Figure] {
    try [("17", 600.0), ("4", 600.0)].map { name, goal in
      let path = "docs/results/policies/HalfCheetah-v5-\(name).json"
      let policy = try PolicyFile.decode(Data(contentsOf: URL(fileURLWithPath: path)))
      let time = try nanoseconds(CSource(policy, rule: nil).text)
      let dense = try nanoseconds(denseSource(policy))
      return Figure(
        name: "exported C, an action of 17-41-6 with \(name) weights", value: time, unit: "ns",
        goal: goal, against: "dense C with tanhf, \(Figure.text(dense)) ns")
    }
  }

  private static var compiler: String {
    ProcessInfo.processInfo.environment["CC"] ?? "clang"
  }

  /// Compiles `source` with a loop that calls it, and returns the least nanoseconds of an action.
  private static func nanoseconds(_ source: String) throws -> Double {
    let directory = FileManager.default.temporaryDirectory.appending(path: "exported-\(UUID())")
    try FileManager.default.createDirectory(at: directory, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: directory) }
    let (file, program) = (
      directory.appending(path: "policy.c"), directory.appending(path: "policy")
    )
    try (source + loop).write(to: file, atomically: true, encoding: .utf8)
    _ = try run(compiler, ["-O2", "-o", program.path, file.path, "-lm"])
    guard let time = Double(try run(program.path, []).filter { !$0.isWhitespace }) else {
      fatalError("the program prints one number")
    }
    return time
  }

  private static func run(_ program: String, _ arguments: [String]) throws -> String {
    let (process, pipe) = (Process(), Pipe())
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = [program] + arguments
    process.standardOutput = pipe
    try process.run()
    let output = pipe.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    guard process.terminationStatus == 0 else { fatalError("\(program) failed") }
    return String(decoding: output, as: UTF8.self)
  }

  private static let loop = """

    #include <stdio.h>
    #include <time.h>
    static double now(void) {
      struct timespec t;
      clock_gettime(CLOCK_THREAD_CPUTIME_ID, &t);
      return (double)t.tv_sec * 1e9 + (double)t.tv_nsec;
    }
    int main(void) {
      static float x[64][CHROMATIC_OBSERVATIONS];
      float y[CHROMATIC_ACTIONS], sum = 0;
      double least = 1e18;
      unsigned state = 1;
      int k, i, round;
      for (k = 0; k < 64; ++k)
        for (i = 0; i < CHROMATIC_OBSERVATIONS; ++i) {
          state = state * 1664525u + 1013904223u;
          x[k][i] = (float)(state >> 8) / 8388608.0f - 1.0f;
        }
      for (round = 0; round < 30; ++round) {
        const double start = now();
        double time;
        for (k = 0; k < 4096; ++k) { chromatic_act(x[k & 63], y); sum += y[0]; }
        time = (now() - start) / 4096;
        if (time < least) least = time;
      }
      printf("%.1f", sum == 12345.0f ? 0 : least);
      return 0;
    }

    """

  /// The network with a weight per edge, each row in a loop over its columns.
  private static func denseSource(_ policy: Policy) -> String {
    let sizes = policy.architecture.layerSizes
    func list(_ values: [Double]) -> String { values.map { "\($0)f" }.joined(separator: ", ") }
    let weights = policy.partition.classes.map { policy.sharedWeights[Int($0)] }
    var (matrices, layers, edge) = ("", "", 0)
    for (depth, (rows, columns)) in policy.architecture.matrices.enumerated() {
      // By columns, so that the compiler adds many rows at a time.
      let matrix = (0..<columns).flatMap { column in
        (0..<rows).map { weights[edge + $0 * columns + column] }
      }
      edge += rows * columns
      let isHidden = depth + 2 < sizes.count
      matrices += "static const float w\(depth)[\(matrix.count)] = {\(list(matrix))};\n"
      layers += """
          for (r = 0; r < \(rows); ++r) out[r] = \(isHidden ? "bias[r]" : "0");
          for (c = 0; c < \(columns); ++c)
            for (r = 0; r < \(rows); ++r) out[r] += w\(depth)[c * \(rows) + r] * in[c];
          for (r = 0; r < \(rows); ++r) in[r] = tanhf(out[r]);

        """
    }
    return """
      #include <math.h>
      #define CHROMATIC_OBSERVATIONS \(sizes[0])
      #define CHROMATIC_ACTIONS \(sizes[sizes.count - 1])
      \(matrices)
      static const float bias[] = {\(list(policy.biases))};
      static const float mean[] = {\(list(policy.normalisation.mean))};
      static const float scale[] = {\(list(policy.normalisation.deviation.map { 1 / $0 }))};
      void chromatic_act(const float *x, float *y) {
        float in[\(sizes.max() ?? 1)], out[\(sizes.max() ?? 1)];
        int r, c;
        for (c = 0; c < \(sizes[0]); ++c) in[c] = (x[c] - mean[c]) * scale[c];
      \(layers)
        for (r = 0; r < CHROMATIC_ACTIONS; ++r) y[r] = in[r];
      }

      """
  }
}
