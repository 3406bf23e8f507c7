import Foundation

/// The parts of the exported file that are the same for every policy.
extension CSource {
  /// The classes of one column's edges into rows side by side, and nothing that depends on the numbers' type.
  private static let lookup = """
    /* The BITS bits of each edge from bit `position` on, the first edge's lowest; what follows them is not
     * theirs. */
    static uint64_t edges_at(uint32_t position) {
      const uint8_t *from = dictionary + (position >> 3);
      const uint32_t left = (uint32_t)sizeof dictionary - (position >> 3);
      uint64_t word = 0;
      uint32_t byte;
      if (left >= 8)
        for (byte = 0; byte < 8; ++byte) word |= (uint64_t)from[byte] << (8 * byte);
      else
        for (byte = 0; byte < left; ++byte) word |= (uint64_t)from[byte] << (8 * byte);
      return word >> (position & 7u);
    }
    """

  /// The walk through all layers, ROWS rows at a time so that their sums do not wait for each other.
  ///
  /// - Parameters:
  ///   - sum: the type of a row's sum.
  ///   - start: a hidden unit's bias as a sum.
  ///   - product: what an edge of class `number` adds.
  ///   - output: a row's sum as a number.
  private static func walk(sum: String, start: String, product: String, output: String) -> String {
    """
      for (layer = 0; layer < LAYERS; ++layer) {
        const uint32_t columns = sizes[layer], rows = sizes[layer + 1];
        for (row = 0; row < rows; row += ROWS) {
          const uint32_t beside = rows - row < ROWS ? rows - row : ROWS;
          const uint64_t theirs = ((uint64_t)1 << (beside * BITS)) - 1;
          \(sum) sums[ROWS] = {0};
          if (layer + 1 < LAYERS)
            for (place = 0; place < beside; ++place) sums[place] = \(start);
          for (column = 0; column < columns; ++column) {
            const uint64_t word = edges_at(position) & theirs;
            position += beside * BITS;
            for (place = 0; place < ROWS; ++place) {
              const uint32_t number = (uint32_t)(word >> (place * BITS)) & ((1u << BITS) - 1u);
              if (!REMOVES || number < CLASSES) sums[place] += \(product);
            }
          }
          for (place = 0; place < beside; ++place) output[row + place] = \(output);
        }
        for (row = 0; row < rows; ++row) input[row] = tangent(output[row]);
      }
      for (row = 0; row < CHROMATIC_ACTIONS; ++row) action[row] = input[row];
    """
  }

  static let floatCode =
    lookup + """


      /* tanh x = 1 - 2 / (e^2x + 1), e^2x from its series after whole powers of two: the same bits everywhere. */
      static float tangent(float x) {
        union { float number; uint32_t bits; } shifted, power;
        float count, rest, series;
        x += x;
        x = x > 87.0f ? 87.0f : x < -87.0f ? -87.0f : x;
        shifted.number = x * 1.44269504f + 12582912.0f;
        count = shifted.number - 12582912.0f;
        rest = (x - count * 0.693359375f) - count * -2.12194440e-4f;
        series = 1.0f / 5040.0f;
        series = series * rest + 1.0f / 720.0f;
        series = series * rest + 1.0f / 120.0f;
        series = series * rest + 1.0f / 24.0f;
        series = series * rest + 1.0f / 6.0f;
        series = series * rest + 0.5f;
        series = series * rest + 1.0f;
        series = series * rest + 1.0f;
        power.bits = (shifted.bits << 23) + 0x3F800000u;
        return 1.0f - 2.0f / (series * power.number + 1.0f);
      }

      /* Writes the action, each component from -1 to 1. */
      void chromatic_act(const float *observation, float *action) {
        float input[WIDEST], output[WIDEST];
        uint32_t position = 0, bias = 0, layer, row, column, place;
        for (column = 0; column < CHROMATIC_OBSERVATIONS; ++column)
          input[column] = (observation[column] - means[column]) * scales[column];
      \(walk(
        sum: "float", start: "biases[bias++]", product: "weights[number] * input[column]",
        output: "sums[place]"
      ))
      }

      """

  /// tanh(i/16) in units of 1/65536, i from 0 to 128; above 8 it is 1.
  static let tangents: [Int] = (0...128).map {
    min(65535, Int((Foundation.tanh(Double($0) / 16) * 65536).rounded()))
  }

  static let fixedCode =
    """
    static const uint16_t tangents[129] = {
    \(stride(from: 0, to: tangents.count, by: 12).map { start in
      "  " + tangents[start..<min(start + 12, tangents.count)].map(String.init)
        .joined(separator: ", ")
    }.joined(separator: ",\n"))
    };

    """ + lookup + """


      /* The sum of 32.32 products as a 16.16 number within its range. */
      static int32_t narrow(int64_t sum) {
        const int64_t value = sum / 65536;
        return value > INT32_MAX ? INT32_MAX : value < -INT32_MAX ? -INT32_MAX : (int32_t)value;
      }

      static int32_t tangent(int32_t x) {
        const uint32_t size = x < 0 ? (uint32_t)-x : (uint32_t)x;
        const uint32_t place = size >> 12, rest = size & 4095u;
        int32_t value = 65536;
        if (place < 128)
          value = (int32_t)(tangents[place] + (((uint32_t)(tangents[place + 1] - tangents[place]) * rest) >> 12));
        return x < 0 ? -value : value;
      }

      /* Writes the action, each component from -65536 to 65536. */
      void chromatic_act(const int32_t *observation, int32_t *action) {
        int32_t input[WIDEST], output[WIDEST];
        uint32_t position = 0, bias = 0, layer, row, column, place;
        for (column = 0; column < CHROMATIC_OBSERVATIONS; ++column)
          input[column] = narrow(((int64_t)observation[column] - means[column]) * scales[column]);
      \(walk(
        sum: "int64_t", start: "(int64_t)biases[bias++] * 65536",
        product: "(int64_t)weights[number] * input[column]", output: "narrow(sums[place])"
      ))
      }

      """
}
