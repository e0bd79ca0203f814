"""Every action is one transaction, says who acts and when, and leaves a ledger line without the arm."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

from tests.house.tree import HOUSE, Module, Tree, called_name

NOT_ACTS = {
    "records/audit/actions.py": "it writes the lines themselves",
    "records/messages/actions.py: claim": "taking a message up is a step of sending it, which has its line",
    "records/messages/actions.py: let_go": "giving that up again, when nothing could be sent",
    "journey/admit.py: answer_waiting": "answers many, each in an act by whoever asked",
}
BESIDE_ACTIONS = {
    "records/people/codes.py",
    "records/support/endings.py",
    "records/support/log.py",
    "records/support/measures.py",
    "records/support/partings.py",
    "records/visit/reminders.py",
}
NOT_ONE_TRANSACTION = {
    "journey/follow.py: send_due": "each message is claimed, sent and marked on its own",
    "journey/remind.py: send_due": "as in follow: each reminder on its own",
    "journey/watch.py: ring": "each message is made, sent and marked on its own",
    "journey/ring.py: ring_due": "each call is sent and recorded on its own",
}
ARM = re.compile(r"(^|_)arms?($|_)")


def silent_actions(tree: Tree) -> list[str]:
    """Public functions of actions and journeys that reach no ledger line."""
    actions = [*_actions(tree)]
    functions = [*(function for _, function in actions), *_beside(tree)]
    telling = {"note"}
    while True:
        more = telling | {function.name for function in functions if _calls(function) & telling}
        if more == telling:
            break
        telling = more
    return [
        f"{module.place}: {f.name}" for module, f in actions if _is_act(module, f) and f.name not in telling
    ]


def loose_actions(tree: Tree) -> list[str]:
    """Public functions of actions and journeys that are not one transaction, or do not say who and when."""
    return [
        f"{module.place}: {function.name}: {fault}"
        for module, function in _actions(tree)
        if _is_act(module, function)
        for fault in _looseness(function)
        if f"{module.in_package}: {function.name}" not in NOT_ONE_TRANSACTION
    ]


def arms_told(tree: Tree) -> list[str]:
    """Ledger lines whose words speak of an arm."""
    return [
        f"{module.place} line {node.lineno}"
        for module in tree.python("records", "journey", "web", "commands")
        for node in module.walk()
        if isinstance(node, ast.Call) and called_name(node) == "note" and _speaks_of_an_arm(node)
    ]


def _actions(tree: Tree) -> Iterator[tuple[Module, ast.FunctionDef]]:
    for module in tree.python("records", "journey"):
        is_theirs = module.path.name == "actions.py" or module.in_package.startswith("journey/")
        if is_theirs and module.in_package not in NOT_ACTS:
            yield from ((module, node) for node in module.syntax.body if isinstance(node, ast.FunctionDef))


def _beside(tree: Tree) -> Iterator[ast.FunctionDef]:
    """What writes lines for journeys from another file of a room."""
    for module in tree.python("records"):
        if module.in_package in BESIDE_ACTIONS:
            yield from (node for node in module.syntax.body if isinstance(node, ast.FunctionDef))


def _is_act(module: Module, function: ast.FunctionDef) -> bool:
    """In actions everything public; in a journey, which may only read as well, whatever says who or when."""
    keywords = {argument.arg for argument in function.args.kwonlyargs}
    if module.path.name != "actions.py" and not keywords & {"at", "by"} and not _is_atomic(function):
        return False
    return not function.name.startswith("_") and f"{module.in_package}: {function.name}" not in NOT_ACTS


def _calls(function: ast.FunctionDef) -> set[str]:
    return {called_name(node) for node in ast.walk(function) if isinstance(node, ast.Call)}


def _is_atomic(function: ast.FunctionDef) -> bool:
    return any("atomic" in ast.unparse(decorator) for decorator in function.decorator_list)


def _looseness(function: ast.FunctionDef) -> Iterator[str]:
    if not _is_atomic(function):
        yield "not one transaction"
    keywords = {argument.arg for argument in function.args.kwonlyargs}
    if "at" not in keywords:
        yield "does not take the moment, at="
    if not keywords & {"by", "agent"}:
        yield "does not take who acts, by="


def _speaks_of_an_arm(call: ast.Call) -> bool:
    said = [*call.args, *(keyword.value for keyword in call.keywords)]
    words = [word for node in said for part in ast.walk(node) for word in _words(part)]
    return any(ARM.search(word.lower()) for word in words)


def _words(node: ast.AST) -> list[str]:
    if isinstance(node, ast.Attribute):
        return [node.attr]
    if isinstance(node, ast.Name):
        return [node.id]
    return [node.value] if isinstance(node, ast.Constant) and isinstance(node.value, str) else []


def test_every_action_leaves_a_ledger_line() -> None:
    assert silent_actions(HOUSE) == []


def test_every_action_is_one_transaction_with_an_actor_and_a_moment() -> None:
    assert loose_actions(HOUSE) == []


def test_no_ledger_line_speaks_of_an_arm() -> None:
    assert arms_told(HOUSE) == []
