import CMuJoCo

/// A part of what MuJoCo integrates from (`mjSTATE_INTEGRATION`), by the name of its field.
///
/// All together and the model fix every later step to the last bit.
public enum StateComponent: String, Sendable, CaseIterable {
  /// Simulated seconds, one number.
  case time
  /// Positions, length nq.
  case positions = "qpos"
  /// Velocities, length nv.
  case velocities = "qvel"
  /// Activations of actuators with a state of their own, length na.
  case activations = "act"
  /// Past controls and measurements of delayed actuators and sensors.
  case history
  /// Accelerations from which the constraint solver starts, length nv.
  case warmStart = "qacc_warmstart"
  /// Controls, length nu.
  case controls = "ctrl"
  /// Forces applied to the degrees of freedom, length nv.
  case appliedForces = "qfrc_applied"
  /// Forces and torques applied to bodies, six numbers each.
  case bodyForces = "xfrc_applied"
  /// Which equality constraints hold, 0 or 1 each.
  case activeConstraints = "eq_active"
  /// Places of mocap bodies, three numbers each.
  case mocapPositions = "mocap_pos"
  /// Orientations of mocap bodies, quaternions.
  case mocapQuaternions = "mocap_quat"
  /// What the environment keeps in the state itself.
  case userData = "userdata"
  /// States of plugins.
  case pluginState = "plugin_state"
  /// Lasting deformation of joints, tendons and flexes.
  case plastic

  /// MuJoCo's bit for the component.
  var signature: Int32 {
    let bit =
      switch self {
      case .time: mjSTATE_TIME
      case .positions: mjSTATE_QPOS
      case .velocities: mjSTATE_QVEL
      case .activations: mjSTATE_ACT
      case .history: mjSTATE_HISTORY
      case .warmStart: mjSTATE_WARMSTART
      case .controls: mjSTATE_CTRL
      case .appliedForces: mjSTATE_QFRC_APPLIED
      case .bodyForces: mjSTATE_XFRC_APPLIED
      case .activeConstraints: mjSTATE_EQ_ACTIVE
      case .mocapPositions: mjSTATE_MOCAP_POS
      case .mocapQuaternions: mjSTATE_MOCAP_QUAT
      case .userData: mjSTATE_USERDATA
      case .pluginState: mjSTATE_PLUGIN
      case .plastic: mjSTATE_PLASTIC
      }
    return Int32(bit.rawValue)
  }
}
