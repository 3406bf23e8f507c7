"""The open-loop anchor of docs/results: an oscillator for each joint under a PD controller.

The idea and the numbers are those of Raffin et al., An Open-Loop Baseline for Reinforcement Learning
Locomotion Tasks (arXiv 2310.05808). Needs Python with gymnasium[mujoco].
"""

from dataclasses import dataclass
from math import pi

import gymnasium
import numpy


@dataclass
class Oscillators:
    """q_i(t) = a_i sin θ_i + b_i; θ_i turns at one speed while sin θ_i > 0 and at another while not."""

    phases: list[float]  # in turns
    swing: float  # in turns per second
    stance: float
    amplitudes: list[float]
    offsets: list[float]
    stiffness: float
    damping: float

    def play(self, environment: str, seed: int) -> float:
        """The return of one episode."""
        task = gymnasium.make(environment)
        task.reset(seed=seed)
        data, step = task.unwrapped.data, task.unwrapped.dt
        angles = 2 * pi * numpy.array(self.phases)
        total, ended = 0.0, False
        while not ended:
            for _ in range(round(step / 0.001)):
                speeds = numpy.where(numpy.sin(angles) > 0, self.swing, self.stance)
                angles += 2 * pi * speeds * 0.001
            target = numpy.array(self.amplitudes) * numpy.sin(angles) + self.offsets
            joints = len(angles)
            torque = self.stiffness * (target - data.qpos[-joints:]) - self.damping * data.qvel[-joints:]
            _, reward, terminated, truncated, _ = task.step(numpy.clip(torque, -1, 1))
            total += float(reward)
            ended = terminated or truncated
        return total


PUBLISHED = {
    "HalfCheetah-v5": Oscillators(
        phases=[0.0, 0.789, 0.316, 0.294, 0.629, 0.921], swing=3.865, stance=4.622,
        amplitudes=[1.123, -1.91, -1.204, 1.173, 1.196, -0.085],
        offsets=[-0.114, 0.075, 0.002, -0.493, -0.501, -0.227], stiffness=1.0, damping=0.05),
    "Swimmer-v5": Oscillators(
        phases=[0.0, 0.95], swing=0.62, stance=0.62, amplitudes=[1.0, 1.0], offsets=[0.0, 0.0],
        stiffness=10.0, damping=0.5),
}

for name, oscillators in PUBLISHED.items():
    returns = [oscillators.play(name, seed) for seed in range(1000, 1020)]
    print(f"{name}: {numpy.mean(returns):.0f} ± {numpy.std(returns, ddof=1):.0f}")
