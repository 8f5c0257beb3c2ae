"""The terms of a policy (计分办法): a small closed set, each a value without behaviour; `model.rules` puts them together."""
