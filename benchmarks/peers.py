"""Other ways to solve the same problem: each takes a problem and seconds, and returns a choice.

Libraries are imported inside the functions: highspy 1.15 and OR-Tools 9.15 cannot share a
process, and each peer runs in one of its own.
"""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csc_array, csr_array, vstack

from koempel.planner import Problem

IntArray = NDArray[np.int64]
FloatArray = NDArray[np.float64]


def greedy(problem: Problem, seconds: float) -> IntArray:
    """Take the option with the highest value that still fits, and the next."""
    return _take_in_order(problem, np.argsort(-problem.value, kind="stable"))


def flow(problem: Problem, seconds: float) -> IntArray:
    """Assign by min-cost flow over people and their first resource, then drop what does not fit.

    The first resource of an option is its job; the flow cannot see that levers run out.
    """
    from ortools.graph.python import min_cost_flow

    usage = problem.usage
    job = usage.indices[usage.indptr[:-1]].astype(np.int64)
    n_people, n_jobs = problem.n_people, int(job.max()) + 1
    source, sink = n_people + n_jobs, n_people + n_jobs + 1
    people, jobs = np.arange(n_people), np.arange(n_jobs)
    tail = np.concatenate((np.full(n_people, source), problem.person, n_people + jobs, people))
    head = np.concatenate((people, n_people + job, np.full(n_jobs, sink), np.full(n_people, sink)))
    room = np.concatenate(
        (np.ones(n_people + problem.n_options), problem.capacity[:n_jobs], np.ones(n_people))
    )
    cost = np.concatenate((np.zeros(n_people), -problem.value, np.zeros(n_jobs + n_people)))
    model = min_cost_flow.SimpleMinCostFlow()
    arcs = model.add_arcs_with_capacity_and_unit_cost(
        tail, head, room.astype(np.int64), cost.astype(np.int64)
    )
    model.set_nodes_supplies([source, sink], [n_people, -n_people])
    model.solve()
    taken = np.flatnonzero(model.flows(arcs)[n_people : n_people + problem.n_options])
    rest = np.setdiff1d(np.arange(problem.n_options), taken)
    by_value = [part[np.argsort(-problem.value[part], kind="stable")] for part in (taken, rest)]
    return _take_in_order(problem, np.concatenate(by_value))


def highs_lp(problem: Problem, seconds: float) -> IntArray:
    """HiGHS on the linear program, then rounding."""
    return _round(problem, _highs(problem, seconds, whole=False))


def highs_mip(problem: Problem, seconds: float) -> IntArray:
    """HiGHS in whole numbers."""
    return _round(problem, _highs(problem, seconds, whole=True))


def pdlp(problem: Problem, seconds: float) -> IntArray:
    """OR-Tools PDLP on the linear program, then rounding."""
    from ortools.linear_solver import pywraplp

    solver = pywraplp.Solver.CreateSolver("PDLP")
    solver.SetTimeLimit(int(1000 * seconds))
    solver.SetNumThreads(2)
    x = [solver.NumVar(0, 1, "") for _ in range(problem.n_options)]
    rows, sides = _rows(problem)
    for at, side in enumerate(sides.tolist()):
        row = solver.Constraint(-solver.infinity(), side)
        for q in range(rows.indptr[at], rows.indptr[at + 1]):
            row.SetCoefficient(x[rows.indices[q]], float(rows.data[q]))
    goal = solver.Objective()
    for variable, value in zip(x, problem.value.tolist(), strict=True):
        goal.SetCoefficient(variable, value)
    goal.SetMaximization()
    if solver.Solve() != pywraplp.Solver.OPTIMAL:
        return _nothing(problem)
    return _round(problem, np.array([variable.solution_value() for variable in x]))


def cp_sat(problem: Problem, seconds: float) -> IntArray:
    """OR-Tools CP-SAT."""
    from ortools.sat.python import cp_model

    model = cp_model.CpModel()
    x = [model.new_bool_var("") for _ in range(problem.n_options)]
    edges = np.searchsorted(problem.person, np.arange(problem.n_people + 1))
    for first, last in pairwise(edges.tolist()):
        model.add_at_most_one(x[first:last])
    rows = csr_array(problem.usage.T)
    for r, capacity in enumerate(problem.capacity.tolist()):
        at = slice(rows.indptr[r], rows.indptr[r + 1])
        used = [x[o] for o in rows.indices[at]]
        model.add(cp_model.LinearExpr.weighted_sum(used, rows.data[at].tolist()) <= capacity)
    model.maximize(cp_model.LinearExpr.weighted_sum(x, problem.value.tolist()))
    solver = cp_model.CpSolver()
    solver.parameters.max_time_in_seconds = seconds
    solver.parameters.num_workers = 2
    status = solver.solve(model)
    if status not in (cp_model.OPTIMAL, cp_model.FEASIBLE):
        return _nothing(problem)
    return _round(problem, np.array([solver.boolean_value(variable) for variable in x], float))


PEERS: dict[str, Callable[[Problem, float], IntArray]] = {
    "HiGHS LP + rounding": highs_lp,
    "HiGHS MIP": highs_mip,
    "OR-Tools CP-SAT": cp_sat,
    "OR-Tools PDLP + rounding": pdlp,
    "min-cost flow, repaired": flow,
    "greedy": greedy,
}


def _rows(problem: Problem) -> tuple[csr_array, FloatArray]:
    """One option a person, then capacities."""
    n = problem.n_options
    one_each = csr_array((np.ones(n), (problem.person, np.arange(n))), (problem.n_people, n))
    sides = np.concatenate((np.ones(problem.n_people), problem.capacity)).astype(float)
    return csr_array(vstack([one_each, problem.usage.T])), sides


def _highs(problem: Problem, seconds: float, *, whole: bool) -> FloatArray | None:
    import highspy

    rows, sides = _rows(problem)
    columns = csc_array(rows)
    n = problem.n_options
    model = highspy.HighsLp()
    model.num_col_, model.num_row_ = n, len(sides)
    model.col_cost_ = -problem.value.astype(float)
    model.col_lower_, model.col_upper_ = np.zeros(n), np.ones(n)
    model.row_lower_, model.row_upper_ = np.full(len(sides), -highspy.kHighsInf), sides
    model.a_matrix_.format_ = highspy.MatrixFormat.kColwise
    model.a_matrix_.start_, model.a_matrix_.index_ = columns.indptr, columns.indices
    model.a_matrix_.value_ = columns.data.astype(float)
    if whole:
        model.integrality_ = [highspy.HighsVarType.kInteger] * n
    solver = highspy.Highs()
    solver.setOptionValue("output_flag", False)
    solver.setOptionValue("time_limit", float(seconds))
    solver.setOptionValue("mip_rel_gap", 0.0)
    solver.passModel(model)
    solver.run()
    proved = solver.getModelStatus() == highspy.HighsModelStatus.kOptimal
    found = solver.getInfo().primal_solution_status == int(
        highspy.SolutionStatus.kSolutionStatusFeasible
    )
    return np.array(solver.getSolution().col_value) if proved or (whole and found) else None


def _nothing(problem: Problem) -> IntArray:
    return np.full(problem.n_people, -1)


def _round(problem: Problem, share: FloatArray | None) -> IntArray:
    """Take options by their share in the relaxation, then by value, as far as they fit."""
    if share is None:
        return _nothing(problem)
    return _take_in_order(problem, np.lexsort((-problem.value, -np.round(share, 4))))


def _take_in_order(problem: Problem, order: IntArray) -> IntArray:
    usage, free = problem.usage, problem.capacity.tolist()
    index, amount, row = (part.tolist() for part in (usage.indices, usage.data, usage.indptr))
    person = problem.person.tolist()
    choice = [-1] * problem.n_people
    for o in order.tolist():
        if choice[person[o]] >= 0 or problem.value[o] <= 0:
            continue
        entries = range(row[o], row[o + 1])
        if all(free[index[q]] >= amount[q] for q in entries):
            choice[person[o]] = o
            for q in entries:
                free[index[q]] -= amount[q]
    return np.array(choice, dtype=np.int64)
