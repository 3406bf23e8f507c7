import ArgumentParser
import ChromaticPolicy

/// The values of `--policy`.
enum BaselinePolicy: String, CaseIterable, ExpressibleByArgument {
  case chromatic, masked, toeplitz, circulant, unstructured

  var policyClass: PolicyClass {
    switch self {
    case .chromatic: .chromatic
    case .masked: .masked
    case .toeplitz: .toeplitz
    case .circulant: .circulant
    case .unstructured: .unstructured
    }
  }
}

/// The values of `--search-space`.
enum SearchSpaceChoice: String, CaseIterable, ExpressibleByArgument {
  case sharing
  case edgeRemoval = "edge-removal"
  case nodeDeletion = "node-deletion"

  var policyClass: PolicyClass {
    switch self {
    case .sharing: .chromatic
    case .edgeRemoval: .edgeRemoval
    case .nodeDeletion: .nodeDeletion
    }
  }
}
