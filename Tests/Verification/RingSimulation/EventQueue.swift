/// What is to happen, earliest first; events of one moment in the order they were added.
struct EventQueue {
  private struct Event {
    var moment: Double
    var number: Int
    var action: () -> Void

    func precedes(_ other: Event) -> Bool {
      moment != other.moment ? moment < other.moment : number < other.number
    }
  }

  // A binary heap: the children of i are 2i + 1 and 2i + 2.
  private var heap: [Event] = []
  private var added = 0

  mutating func add(at moment: Double, _ action: @escaping () -> Void) {
    heap.append(Event(moment: moment, number: added, action: action))
    added += 1
    var place = heap.count - 1
    while place > 0, heap[place].precedes(heap[(place - 1) / 2]) {
      heap.swapAt(place, (place - 1) / 2)
      place = (place - 1) / 2
    }
  }

  mutating func popFirst() -> (moment: Double, action: () -> Void)? {
    guard let first = heap.first, let last = heap.popLast() else { return nil }
    if !heap.isEmpty {
      heap[0] = last
      sink()
    }
    return (first.moment, first.action)
  }

  private mutating func sink() {
    var place = 0
    while 2 * place + 1 < heap.count {
      var child = 2 * place + 1
      if child + 1 < heap.count, heap[child + 1].precedes(heap[child]) { child += 1 }
      guard heap[child].precedes(heap[place]) else { return }
      heap.swapAt(place, child)
      place = child
    }
  }
}
