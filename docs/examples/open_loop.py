"""The open-loop anchor of docs/results: an oscillator for each joint under a PD controller.

The idea, and the numbers for HalfCheetah and Swimmer, are those of Raffin et al., An Open-Loop Baseline for
Reinforcement Learning Locomotion Tasks (arXiv 2310.05808); the other numbers were found by this script.

    python open_loop.py                                   judges all of them over 100 episodes
    python open_loop.py --search Hopper-v5 --seed 0       looks for others by CMA-ES

Needs Python with gymnasium[mujoco], and cma to search.
"""

import argparse
from dataclasses import dataclass
from math import pi

import gymnasium
import numpy

INTEGRATION = 0.001  # seconds
STANDING = {"healthy_reward": 0.25}
# How a task is searched where that is easier than the task itself.
SEARCHED = {
    "Hopper-v5": STANDING, "Walker2d-v5": STANDING,
    "Ant-v5": {"max_episode_steps": 400, "ctrl_cost_weight": 0.1, **STANDING},
}


@dataclass
class Oscillators:
    """q_i(t) = a_i sin θ_i + b_i; θ_i turns at one speed while sin θ_i > 0 and at another while not."""

    phases: list[float]  # in turns
    swing: float  # in turns per second
    stance: float
    amplitudes: list[float]  # in radians
    offsets: list[float]  # in radians
    stiffness: float  # action per radian
    damping: float  # action per radian per second

    def play(self, task: gymnasium.Env, seed: int) -> float:
        """The return of one episode."""
        task.reset(seed=seed)
        data, model, step = task.unwrapped.data, task.unwrapped.model, task.unwrapped.dt
        driven = model.actuator_trnid[:, 0]  # each motor's joint: Ant's motors are in another order
        positions, velocities = model.jnt_qposadr[driven], model.jnt_dofadr[driven]
        angles = 2 * pi * numpy.array(self.phases)
        swing, stance = 2 * pi * self.swing * INTEGRATION, 2 * pi * self.stance * INTEGRATION
        total, ended = 0.0, False
        while not ended:
            for _ in range(round(step / INTEGRATION)):
                angles += numpy.where(numpy.sin(angles) > 0, swing, stance)
            target = numpy.array(self.amplitudes) * numpy.sin(angles) + self.offsets
            torque = self.stiffness * (target - data.qpos[positions]) - self.damping * data.qvel[velocities]
            _, reward, terminated, truncated, _ = task.step(numpy.clip(torque, -1, 1))
            total += float(reward)
            ended = terminated or truncated
        return total

    @staticmethod
    def decoded(vector, joints: int) -> "Oscillators":
        """3 × joints + 3 numbers of size 1: phases but the first, amplitudes, offsets, and the logarithms of
        speeds and gains."""
        phases, amplitudes, offsets, logarithms = numpy.split(
            numpy.round(vector, 3), [joints - 1, 2 * joints - 1, 3 * joints - 1])
        swing, stance, stiffness, damping = numpy.round(
            numpy.exp(logarithms) * [2.0, 2.0, 1.0, 0.05], 4)
        return Oscillators(
            [0.0, *phases.tolist()], float(swing), float(stance), amplitudes.tolist(), offsets.tolist(),
            float(stiffness), float(damping))


def search(environment: str, episodes: int, seed: int) -> Oscillators:
    """The centre of CMA-ES's last generation, or its best sample where ten episodes say that it is better.

    Where a robot is paid for being up, a quarter of that is paid here: paid in full, Hopper stood still. Ant's
    episodes are shorter here and its control costs a fifth: at its full cost it hardly moved.
    """
    import cma

    task = gymnasium.make(environment, **SEARCHED.get(environment, {}))
    joints = task.action_space.shape[0]
    strategy = cma.CMAEvolutionStrategy(
        numpy.zeros(3 * joints + 3), 0.5, {"seed": seed + 1, "popsize": 20, "maxfevals": episodes, "verbose": -9})
    played = 0
    while played < episodes:
        vectors = strategy.ask()
        returns = [Oscillators.decoded(v, joints).play(task, played + i) for i, v in enumerate(vectors)]
        played += len(vectors)
        strategy.tell(vectors, [-value for value in returns])
        if strategy.countiter % 10 == 0:
            print(f"{played} episodes: mean {numpy.mean(returns):.0f}, best {max(returns):.0f}", flush=True)
    finalists = [Oscillators.decoded(v, joints) for v in (strategy.mean, strategy.best.x)]
    return max(finalists, key=lambda each: sum(each.play(task, played + i) for i in range(10)))


KNOWN = {
    "HalfCheetah-v5": Oscillators(
        phases=[0.0, 0.789, 0.316, 0.294, 0.629, 0.921], swing=3.865, stance=4.622,
        amplitudes=[1.123, -1.91, -1.204, 1.173, 1.196, -0.085],
        offsets=[-0.114, 0.075, 0.002, -0.493, -0.501, -0.227], stiffness=1.0, damping=0.05),
    "Swimmer-v5": Oscillators(
        phases=[0.0, 0.95], swing=0.62, stance=0.62, amplitudes=[1.0, 1.0], offsets=[0.0, 0.0],
        stiffness=10.0, damping=0.5),
    "Walker2d-v5": Oscillators(  # --search Walker2d-v5 --episodes 4000
        phases=[0.0, -0.512, 1.766, -0.999, 0.537, -0.655], swing=1.939, stance=2.6782,
        amplitudes=[-1.295, -0.408, -0.639, -0.073, 0.405, -1.292],
        offsets=[-0.647, 1.765, 0.249, 2.3, -0.971, 0.989], stiffness=1.4785, damping=0.1241),
    "Ant-v5": Oscillators(  # --search Ant-v5 --episodes 4000
        phases=[0.0, 0.211, 1.426, 0.108, 0.969, 2.628, -1.081, 1.22], swing=1.334, stance=5.6077,
        amplitudes=[-0.53, 0.603, 0.475, 2.142, -1.759, 1.314, 1.247, 0.241],
        offsets=[0.604, -0.268, -0.638, 0.355, -0.628, -0.501, -0.052, 0.782], stiffness=0.2144, damping=0.031),
}

if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--search", metavar="ENVIRONMENT", help="look for numbers instead of judging the known")
    parser.add_argument("--episodes", type=int, default=4000, help="how many a search plays")
    parser.add_argument("--seed", type=int, default=0)
    arguments = parser.parse_args()
    judged = KNOWN
    if arguments.search:
        judged = {arguments.search: search(arguments.search, arguments.episodes, arguments.seed)}
        print(judged)
    for name, oscillators in judged.items():
        task = gymnasium.make(name)
        returns = [oscillators.play(task, 1_000_000 + i) for i in range(100)]
        print(f"{name}: {numpy.mean(returns):.0f} ± {numpy.std(returns, ddof=1):.0f}", flush=True)
