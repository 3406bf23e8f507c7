import Foundation

/// The parts of the exported file that are the same for every policy.
extension CSource {
  /// The class of an edge, and nothing else that depends on the numbers' type.
  private static let lookup = """
    static uint32_t class_of(uint32_t edge) {
      uint32_t value = 0, bit;
      for (bit = 0; bit < BITS; ++bit) {
        const uint32_t position = edge * BITS + bit;
        value |= (uint32_t)(dictionary[position >> 3] >> (position & 7u) & 1u) << bit;
      }
      return value;
    }
    """

  static let floatCode =
    lookup + """


      /* Writes the action, each component from -1 to 1. */
      void chromatic_act(const float *observation, float *action) {
        float input[WIDEST], output[WIDEST];
        uint32_t edge = 0, bias = 0, layer, row, column;
        for (column = 0; column < CHROMATIC_OBSERVATIONS; ++column)
          input[column] = (observation[column] - means[column]) * scales[column];
        for (layer = 0; layer < LAYERS; ++layer) {
          for (row = 0; row < sizes[layer + 1]; ++row) {
            float sum = layer + 1 < LAYERS ? biases[bias++] : 0.0f;
            for (column = 0; column < sizes[layer]; ++column) {
              const uint32_t number = class_of(edge++);
              if (number < CLASSES) sum += weights[number] * input[column];
            }
            output[row] = tanhf(sum);
          }
          for (row = 0; row < sizes[layer + 1]; ++row) input[row] = output[row];
        }
        for (row = 0; row < CHROMATIC_ACTIONS; ++row) action[row] = input[row];
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
        uint32_t edge = 0, bias = 0, layer, row, column;
        for (column = 0; column < CHROMATIC_OBSERVATIONS; ++column)
          input[column] = narrow(((int64_t)observation[column] - means[column]) * scales[column]);
        for (layer = 0; layer < LAYERS; ++layer) {
          for (row = 0; row < sizes[layer + 1]; ++row) {
            int64_t sum = layer + 1 < LAYERS ? (int64_t)biases[bias++] * 65536 : 0;
            for (column = 0; column < sizes[layer]; ++column) {
              const uint32_t number = class_of(edge++);
              if (number < CLASSES) sum += (int64_t)weights[number] * input[column];
            }
            output[row] = tangent(narrow(sum));
          }
          for (row = 0; row < sizes[layer + 1]; ++row) input[row] = output[row];
        }
        for (row = 0; row < CHROMATIC_ACTIONS; ++row) action[row] = input[row];
      }

      """
}
