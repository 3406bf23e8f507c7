import ChromaticPolicy

/// Where the matrices of a policy stand in its partition figure: side by side as far as they fit.
struct PartitionLayout {
  /// One matrix with its heading.
  struct Block {
    let matrix: [[Int]]
    /// Pixels per cell.
    let cell: Double
    let heading: String
    let caption: String
    var x = 0.0
    var y = 0.0

    var rows: Int { matrix.count }
    var columns: Int { matrix.first?.count ?? 0 }
    var width: Double { Double(columns) * cell }
    var height: Double { Double(rows) * cell }
    /// Width with the heading, whose letters are about 7 pixels wide.
    var fullWidth: Double { max(width, 7 * Double(max(heading.count, caption.count))) }
    var bottom: Double { y + PartitionLayout.headingHeight + height }
  }

  static let width = 960.0
  static let headingHeight = 46.0
  private static let margin = 32.0
  private static let gap = 36.0

  private(set) var blocks: [Block]
  /// The lower end of the lowest matrix.
  private(set) var bottom = 0.0

  init(_ policy: Policy) {
    let shapes = policy.architecture.matrices
    let columns = Double(shapes.map(\.columns).max() ?? 1)
    let rows = Double(shapes.map(\.rows).max() ?? 1)
    let usable = Self.width - 2 * Self.margin
    let cell = max(2, min(18, usable / columns, 520 / rows).rounded(.down))
    let layers = Self.layerNames(policy.architecture)
    blocks = policy.matrices.enumerated().map { number, matrix in
      Block(
        matrix: matrix, cell: cell,
        heading: "Matrix \(number + 1): \(shapes[number].columns) × \(shapes[number].rows)",
        caption: "columns: \(layers[number]), rows: \(layers[number + 1])")
    }
    place()
  }

  private mutating func place() {
    var x = Self.margin
    var y = 96.0
    for number in blocks.indices {
      if x > Self.margin, x + blocks[number].fullWidth > Self.width - Self.margin {
        x = Self.margin
        y = bottom + 32
      }
      blocks[number].x = x
      blocks[number].y = y
      x += blocks[number].fullWidth + Self.gap
      bottom = max(bottom, blocks[number].bottom)
    }
  }

  /// Where `listing` goes: beside a tall first matrix if there is room, else below everything.
  func place(_ listing: ClassListing) -> ClassListing.Frame {
    if blocks.count > 1, blocks.allSatisfy({ $0.y == blocks[0].y }) {
      let x = blocks[1].x
      let y = (blocks.dropFirst().map(\.bottom).max() ?? bottom) + Self.gap
      let frame = listing.frame(x: x, y: y, width: Self.width - Self.margin - x)
      if let frame, frame.bottom <= bottom { return frame }
    }
    return listing.frame(x: Self.margin, y: bottom + Self.gap)
  }

  private static func layerNames(_ architecture: Architecture) -> [String] {
    let hidden = architecture.hiddenSizes.indices.map { number in
      architecture.hiddenSizes.count == 1 ? "hidden layer" : "hidden layer \(number + 1)"
    }
    return ["observation"] + hidden + ["action"]
  }
}
