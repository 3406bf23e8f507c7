"""Striker and Thrower on MuJoCo's own bindings, as Gym 0.17 defines them; prints one JSON object.

arm_reference.py TASK MODEL COUNT STEPS LIVE   episodes under random actions, 1.2 times their range;
                                               LIVE is 1 if remembered positions follow their bodies
"""

import json
import sys

import mujoco
import numpy as np


class Arm:
    def __init__(self, model, live):
        self.model = mujoco.MjModel.from_xml_path(model)
        self.data = mujoco.MjData(self.model)
        self.live = live

    def place(self, name):
        return self.data.body(name).xpos

    def remembered(self, name):
        return self.place(name) if self.live else self.place(name).copy()

    def begin(self, rng, episode):
        mujoco.mj_resetData(self.model, self.data)
        self.draw(rng, episode)
        mujoco.mj_forward(self.model, self.data)
        return {"qpos": self.data.qpos.tolist(), "qvel": self.data.qvel.tolist()}

    def observe(self):
        places = [self.place(name) for name in (self.tip, self.object, "goal")]
        return np.concatenate([self.data.qpos[:7], self.data.qvel[:7], *places]).tolist()

    def step(self, action):
        reward = self.reward(action)
        self.data.ctrl[:] = action
        mujoco.mj_step(self.model, self.data, nstep=5)
        return {"action": action.tolist(), "observation": self.observe(), "reward": float(reward)}


class Striker(Arm):
    tip, object = "tips_arm", "object"

    def draw(self, rng, episode):
        self.struck_at, self.closest = None, np.inf
        ball = np.array([0.5, -0.175])
        while True:
            goal = np.array([rng.uniform(0.15, 0.7), rng.uniform(0.1, 1.0)])
            if np.linalg.norm(ball - goal) > 0.17:
                break
        offset = ball - goal
        qpos = self.data.qpos
        qpos[7:9] = ball[::-1]
        qpos[9:11] = goal
        qpos[15] = -np.arctan(offset[0] / (offset[1] + 1e-8)) / 3.14
        if episode > 0:  # The arm down to the table and the ball at its tip, so that it is struck.
            qpos[1] = 0.37
            qpos[7:9] = -0.6 + 0.05 * episode, 0.84
        self.data.qvel[:7] = rng.uniform(-0.1, 0.1, 7)

    def reward(self, action):
        ball, tip = self.place("object"), self.place("tips_arm")
        self.closest = min(self.closest, np.linalg.norm(ball - self.place("goal")))
        if np.linalg.norm(ball - tip) < 0.1:
            self.struck_at = self.remembered("tips_arm")
        near = np.linalg.norm(ball - (tip if self.struck_at is None else self.struck_at))
        return -3 * self.closest - 0.1 * np.square(action).sum() - 0.5 * near


class Thrower(Arm):
    tip, object = "r_wrist_roll_link", "ball"

    def draw(self, rng, episode):
        self.landed_at = None
        self.data.qpos[7:9] = rng.uniform(-0.3, 0.3, 2)
        self.data.qvel[:7] = rng.uniform(-0.005, 0.005, 7)

    def reward(self, action):
        if self.landed_at is None and self.place("ball")[2] < -0.25:
            self.landed_at = self.remembered("ball")
        place = self.place("ball") if self.landed_at is None else self.landed_at
        return -np.linalg.norm((place - self.place("goal"))[:2]) - 0.002 * np.square(action).sum()


def main(task, model, count, steps, live):
    arm = {"Striker-v2": Striker, "Thrower-v2": Thrower}[task](model, live == "1")
    rng = np.random.default_rng(7)
    low, high = 1.2 * arm.model.actuator_ctrlrange.T
    episodes = []
    for episode in range(int(count)):
        record = {"state": arm.begin(rng, episode), "first": arm.observe()}
        record["steps"] = [arm.step(rng.uniform(low, high)) for _ in range(int(steps))]
        episodes.append(record)
    return {"episodes": episodes}


if __name__ == "__main__":
    print(json.dumps(main(*sys.argv[1:])))
