import RunPlan
import RunQueue

/// What a search step follows from, as it stands in the store.
struct SearchEvidence: Hashable {
  /// The checkpoint's θ, from which the present batch was drawn.
  let theta: String?
  /// Partitions and rewards that θ has not learned from; nil where there are none yet.
  let batch: Fields?

  /// What is there for the step that ends the batch in `fields`, the partitions hash.
  init(theta: String?, fields: Fields, _ configuration: RunConfiguration) {
    self.theta = theta
    batch = configuration.searchLag == nil ? fields : PartitionBatch.previous(of: fields)
  }
}

/// Search steps that were taken while evaluators were at work.
///
/// Where steps come a batch late (`--search-lag 1`), all that the next one follows from stands in the store as
/// soon as a batch is published. What was computed is used only for the very same evidence; a controller that
/// has not prepared a step takes it when it is due, to the same end.
struct PreparedSteps {
  private struct Step {
    let configuration: RunConfiguration
    let iteration: Int
    let evidence: SearchEvidence
    let publication: Publication
  }

  private var steps: [RunID: Step] = [:]

  /// What was prepared for the step to `iteration`, nil if nothing was or it followed from something else.
  func publication(
    of iteration: Int, _ run: RunID, _ configuration: RunConfiguration, _ evidence: SearchEvidence
  ) -> Publication? {
    guard let step = steps[run], step.iteration == iteration, step.evidence == evidence,
      step.configuration == configuration
    else { return nil }
    return step.publication
  }

  /// Takes the step that follows the batch which `published` started at `iteration`, if steps come late.
  ///
  /// Keeps those of the last few runs.
  mutating func prepare(
    after published: Publication, of iteration: Int, _ run: RunID, _ configuration: RunConfiguration
  ) {
    guard configuration.searchLag != nil, let fields = published.partitions else { return }
    let next = iteration + configuration.searchInterval
    guard next < configuration.iterations else { return }
    let evidence = SearchEvidence(
      theta: published.checkpoint[ControllerField.name], fields: fields, configuration)
    // An error is found again when the step is due, and ends the run then.
    guard var controller = try? ControllerField.controller(in: evidence.theta, configuration),
      let publication = try? SearchPhase(configuration: configuration).searchStep(
        to: next, from: evidence, by: &controller)
    else { return }
    if steps.count >= 8, steps[run] == nil { steps = [:] }
    steps[run] = Step(
      configuration: configuration, iteration: next, evidence: evidence, publication: publication)
  }
}
