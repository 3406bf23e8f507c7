/// At most 256 colours that stand for those of a picture: median cut (Heckbert 1982) over colours of
/// six bits a channel.
struct ColourPalette {
  /// The colours.
  private(set) var colours: [SIMD3<UInt8>] = []
  /// The place in `colours` by cell.
  private var places = [UInt8](repeating: 0, count: 1 << 18)

  /// The palette of a picture.
  init(of frame: Frame) {
    var counts = [Int32](repeating: 0, count: places.count)
    for i in stride(from: 0, to: frame.pixels.count, by: 3) {
      counts[Self.cell(frame.pixels, i)] += 1
    }
    var cells = counts.indices.filter { counts[$0] > 0 }
    for box in ColourBox.boxes(of: &cells, counts, most: 256) {
      let place = UInt8(colours.count)
      colours.append(Self.mean(cells[box], counts))
      for cell in cells[box] { places[cell] = place }
    }
  }

  /// The place in the palette of every pixel.
  func indices(of frame: Frame) -> [UInt8] {
    stride(from: 0, to: frame.pixels.count, by: 3).map { places[Self.cell(frame.pixels, $0)] }
  }

  private static func cell(_ pixels: [UInt8], _ i: Int) -> Int {
    Int(pixels[i] >> 2) << 12 | Int(pixels[i + 1] >> 2) << 6 | Int(pixels[i + 2] >> 2)
  }

  private static func mean(_ cells: ArraySlice<Int>, _ counts: [Int32]) -> SIMD3<UInt8> {
    var sum = SIMD3<Double>.zero
    var total = 0.0
    for cell in cells {
      let count = Double(counts[cell])
      sum += count * SIMD3((0..<3).map { Double(ColourBox.component($0, of: cell)) })
      total += count
    }
    // The middle of a cell's four values lies at one and a half.
    return SIMD3<UInt8>((sum / total * 4 + 1.5).rounded(.toNearestOrEven))
  }
}

/// A part of the colours of a picture, as a range of an array of cells.
private struct ColourBox {
  let range: Range<Int>
  let widestChannel: Int
  let extent: Int
  let population: Int

  private init(_ range: Range<Int>, _ cells: [Int], _ counts: [Int32]) {
    self.range = range
    population = cells[range].reduce(0) { $0 + Int(counts[$1]) }
    let extents = (0..<3).map { channel in
      let values = cells[range].map { ColourBox.component(channel, of: $0) }
      return (values.max() ?? 0) - (values.min() ?? 0)
    }
    extent = extents.max() ?? 0
    widestChannel = extents.firstIndex(of: extent) ?? 0
  }

  /// The six bits of red (0), green (1) or blue (2) of a cell.
  static func component(_ channel: Int, of cell: Int) -> Int { cell >> (12 - 6 * channel) & 63 }

  /// Splits the cells, which are reordered, into at most `most` boxes.
  static func boxes(of cells: inout [Int], _ counts: [Int32], most: Int) -> [Range<Int>] {
    var boxes = [ColourBox(cells.indices, cells, counts)]
    while boxes.count < most,
      let widest = boxes.indices.max(by: { boxes[$0].weight < boxes[$1].weight }),
      boxes[widest].extent > 0
    {
      let box = boxes[widest]
      let middle = box.split(&cells, counts)
      boxes[widest] = ColourBox(box.range.lowerBound..<middle, cells, counts)
      boxes.append(ColourBox(middle..<box.range.upperBound, cells, counts))
    }
    return boxes.map(\.range)
  }

  /// How much a split is worth.
  private var weight: Int { population * extent }

  /// Orders the box along its widest channel; returns where half of its pixels end, within it.
  private func split(_ cells: inout [Int], _ counts: [Int32]) -> Int {
    cells[range].sort {
      let (a, b) = (Self.component(widestChannel, of: $0), Self.component(widestChannel, of: $1))
      return a == b ? $0 < $1 : a < b
    }
    var seen = 0
    for i in range.lowerBound..<(range.upperBound - 1) {
      seen += Int(counts[cells[i]])
      if 2 * seen >= population { return i + 1 }
    }
    return range.upperBound - 1
  }
}
