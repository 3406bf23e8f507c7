import EvolutionStrategies
import Foundation
import Testing

@Suite struct SettingScheduleTests {
  private let falling = SettingSchedule(from: 0.1, to: 0.02)

  @Test func `every iteration has the same factor, from the first value to the last`() {
    let values = (0..<100).map { falling.value(at: $0, of: 100) }
    #expect(values.first == 0.1 && values.last == 0.02)
    let factor = pow(0.2, 1.0 / 99)
    for (value, next) in zip(values, values.dropFirst()) {
      #expect(abs(next / value - factor) < 1e-12)
    }
  }

  @Test func `a linear one falls by the same amount, a cosine slowly at both ends`() {
    let linear = SettingSchedule(from: 0.1, to: 0.02, .linear)
    let cosine = SettingSchedule(from: 0.1, to: 0.02, .cosine)
    for t in 0..<100 {
      let fraction = Double(t) / 99
      #expect(abs(linear.value(at: t, of: 100) - (0.1 - 0.08 * fraction)) < 1e-15)
      let share = (1 + cos(.pi * fraction)) / 2
      #expect(abs(cosine.value(at: t, of: 100) - (0.02 + 0.08 * share)) < 1e-15)
    }
    for schedule in [linear, cosine] {
      #expect(schedule.value(at: 0, of: 100) == 0.1 && schedule.value(at: 99, of: 100) == 0.02)
      #expect(schedule.value(at: 0, of: 1) == 0.1)
    }
    #expect(SettingSchedule("0.1:0.1:cosine")?.description == "0.1")
    #expect(SettingSchedule("0.1:0.02:geometric") == falling)
  }

  @Test func `one that stays as it is has the very number in every iteration`() {
    let fixed: SettingSchedule = 0.05
    #expect((0...100).allSatisfy { fixed.value(at: $0, of: 100) == 0.05 })
    #expect(falling.value(at: 0, of: 1) == 0.1)
    #expect(falling.value(at: 100, of: 100) == 0.02)
  }

  @Test(arguments: ["0.05", "0.1:0.02", "1e-09:3.0", "0.1:0.02:linear", "0.02:0.1:cosine"])
  func `text and JSON read back`(text: String) throws {
    let schedule = try #require(SettingSchedule(text))
    #expect(schedule.description == text)
    let data = try JSONEncoder().encode([schedule])
    #expect(try JSONDecoder().decode([SettingSchedule].self, from: data) == [schedule])
    #expect(String(decoding: data, as: UTF8.self).contains("\"") == text.contains(":"))
  }

  @Test(arguments: [
    "", ":", "0.1:", ":0.1", "0.1:0.2:0.3", "small", "0.1:cosine", "0.1:0.2:",
    "0.1:0.2:cosine:cosine",
  ])
  func `other text is none`(text: String) {
    #expect(SettingSchedule(text) == nil)
  }

  @Test(arguments: ["0", "-1", "nan", "inf", "0.1:0", "0:0.1", "0.1:nan", "1e300", "1e-10"])
  func `both ends have to be within the range`(text: String) {
    #expect(SettingSchedule(text)?.isValid == false)
  }
}
