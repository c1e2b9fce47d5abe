"""Asking z3: `smt` asks, `fragment` and `smtlib` translate, `z3_process` answers, on its own."""
