import EvolutionStrategies
import RunPlan
import Testing

@Suite struct TaskScheduleTests {
  private func schedule(_ estimator: GradientEstimator, interval: Int = 1) -> TaskSchedule {
    var configuration = RunConfiguration(
      environment: "HalfCheetah-v5", observationSize: 17, actionSize: 6)
    configuration.estimator = estimator
    configuration.perturbations = 8
    configuration.pivots = 2
    configuration.evaluations = 3
    configuration.iterations = 10
    configuration.finalists = 2
    configuration.finalistEpisodes = 4
    configuration.searchInterval = interval
    return TaskSchedule(configuration)
  }

  @Test func `forward differences give every direction its own partition`() {
    let schedule = schedule(.forward)
    #expect(schedule.batchSize == 8)
    for index in 0..<8 {
      #expect(
        schedule.kind(iteration: 3, index: index)
          == .perturbed(direction: index, sign: 1, partition: index))
    }
  }

  @Test func `an antithetic pair shares direction, partition and episode`() {
    let schedule = schedule(.antithetic)
    #expect(schedule.batchSize == 4)
    #expect(
      schedule.kind(iteration: 3, index: 6) == .perturbed(direction: 3, sign: 1, partition: 3))
    #expect(
      schedule.kind(iteration: 3, index: 7) == .perturbed(direction: 3, sign: -1, partition: 3))
    #expect(schedule.episode(iteration: 3, index: 6) == schedule.episode(iteration: 3, index: 7))
    #expect(schedule.episode(iteration: 3, index: 5) != schedule.episode(iteration: 3, index: 6))
  }

  @Test func `pivots are spread over the batch and proposals follow`() {
    let schedule = schedule(.forward)
    #expect(schedule.kind(iteration: 0, index: 8) == .pivot(partition: 0))
    #expect(schedule.kind(iteration: 0, index: 9) == .pivot(partition: 4))
    #expect((10..<13).allSatisfy { schedule.kind(iteration: 0, index: $0) == .proposal })
    #expect(schedule.kind(iteration: 0, index: 13) == nil)
    #expect(schedule.kind(iteration: 0, index: -1) == nil)
    #expect(schedule.trainingCount == 13)
  }

  @Test func `the iteration after the last compares the finalists`() {
    let schedule = schedule(.forward)
    #expect(schedule.isFinal(10) && !schedule.isFinal(9))
    #expect(schedule.kind(iteration: 10, index: 3) == .finalist(0))
    #expect(schedule.kind(iteration: 10, index: 4) == .finalist(1))
    #expect(schedule.kind(iteration: 10, index: 8) == nil)
    #expect(schedule.kind(iteration: 11, index: 0) == nil)
  }

  @Test func `a batch lasts for the search interval`() {
    let schedule = schedule(.forward, interval: 3)
    #expect((0..<7).map { schedule.batch(of: $0) } == [0, 0, 0, 1, 1, 1, 2])
    #expect(
      (0..<7).map { schedule.endsBatch($0) } == [false, false, true, false, false, true, false])
  }
}
