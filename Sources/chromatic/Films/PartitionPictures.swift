import ChromaticPolicy
import Figures
import Rendering

/// The scenes of a partition film as pictures: the matrices side by side as far as they fit.
struct PartitionPictures {
  /// Where a matrix begins, its heading above it.
  private struct Place {
    var x: Int
    var y: Int
  }

  private static let widest = 720
  private static let margin = 12
  private static let heading = 24
  /// Pixels of a pixel of the font.
  private static let scale = 2
  private static let ink: Frame.Paint = (31, 35, 40)
  private static let gap: Frame.Paint = (230, 233, 236)

  private let film: PartitionFilm
  /// Pixels of a cell.
  private let cell: Int
  private var places: [Place] = []
  private var width = 0
  private var height = 0

  init(_ film: PartitionFilm) {
    self.film = film
    let shapes = film.scenes.last?.policy.architecture.matrices ?? []
    let columns = shapes.map(\.columns)
    let usable = Self.widest - Self.margin * (shapes.count + 1)
    let beside = usable / max(1, columns.reduce(0, +))
    let isOneRow = beside >= 3
    cell = max(2, min(14, isOneRow ? beside : usable / max(1, columns.max() ?? 1)))
    var (x, y) = (Self.margin, 2 * Self.heading + Self.margin + Self.heading)
    for shape in shapes {
      places.append(Place(x: x, y: y))
      width = max(width, x + shape.columns * cell + Self.margin)
      height = max(height, y + shape.rows * cell + Self.margin)
      if isOneRow {
        x += shape.columns * cell + Self.margin
      } else {
        y += shape.rows * cell + Self.margin + Self.heading
      }
    }
    let longest = ([film.title] + film.scenes.map(\.heading)).map(\.count).max() ?? 0
    width = max(width, longest * BitmapFont.width * Self.scale + 2 * Self.margin)
  }

  /// The picture of a scene.
  func frame(of scene: PartitionFilm.Scene) -> Frame {
    var frame = Frame(width: width, height: height)
    frame.fill(x: 0, y: 0, width: width, height: height, (255, 255, 255))
    frame.write(film.title, x: Self.margin, y: Self.margin / 2, scale: Self.scale, Self.ink)
    frame.write(
      scene.heading, x: Self.margin, y: Self.margin / 2 + Self.heading, scale: Self.scale, Self.ink)
    for (place, matrix) in zip(places, scene.policy.matrices) {
      let label = "\(matrix.first?.count ?? 0) × \(matrix.count)"
      frame.write(label, x: place.x, y: place.y - Self.heading, scale: Self.scale, Self.ink)
      for (row, cells) in matrix.enumerated() {
        for (column, index) in cells.enumerated() {
          frame.fill(
            x: place.x + column * cell, y: place.y + row * cell, width: cell, height: cell,
            paint(index))
        }
      }
    }
    return frame
  }

  private func paint(_ index: Int) -> Frame.Paint {
    guard index != Int(Partition.removed) else { return Self.gap }
    let colour = film.palette.colours[index]
    return (colour.red, colour.green, colour.blue)
  }
}
