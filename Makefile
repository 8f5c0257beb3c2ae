# 直报：两条命令做完一切。make site 建网站；make test 跑测试。
# 需要 git、make、Python 3.11 以上（带 venv）。缺什么会说出来。

PYTHON ?= $(shell for p in python3.13 python3.12 python3.11 python3; do \
	command -v $$p >/dev/null 2>&1 && $$p -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && { echo $$p; break; }; done)
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet
# 没有网络的机器：先在有网络的机器上 make wheels，把 wheels/ 带过来，再 make site WHEELS=wheels
FROM := $(if $(WHEELS),--no-index --find-links=$(abspath $(WHEELS)))
export NO_MKDOCS_2_WARNING := 1

.DEFAULT_GOAL := site
.PHONY: site serve tool test lint bench wheels help clean

site: $(VENV)/site.stamp ## 检查、评分、建网站，放在 public/
	@status=0; $(BIN)/zhibao check --summary || status=$$?; \
	[ $$status -le 1 ] || exit $$status; \
	$(BIN)/zhibao schema --check || status=1; \
	$(BIN)/zhibao score --summary && \
	$(BIN)/mkdocs build --strict --quiet && \
	echo "网站建好了（$$(sed -n 's/.*zb-edition">\([^<]*\)<.*/\1/p' public/index.html | head -1)）：public/index.html（用浏览器打开；make serve 边改边看）" && exit $$status

serve: $(VENV)/site.stamp ## 边改边看：http://127.0.0.1:8000
	@$(BIN)/mkdocs serve

tool: $(VENV)/site.stamp ## 只装好命令 .venv/bin/zhibao

test: $(VENV)/test.stamp ## 跑全部测试
	@$(BIN)/python -X dev -m pytest

lint: $(VENV)/test.stamp ## 代码风格、类型和工作流
	@$(BIN)/ruff check tools tests
	@$(BIN)/ruff format --check --quiet tools tests
	@$(BIN)/mypy
	@$(BIN)/zizmor --offline --no-progress --quiet .github
	@$(BIN)/check-jsonschema --quiet --builtin-schema vendor.github-workflows .github/workflows/*.yml
	@$(BIN)/check-jsonschema --quiet --builtin-schema vendor.github-issue-forms .github/ISSUE_TEMPLATE/submission.yml
	@$(BIN)/check-jsonschema --quiet --builtin-schema vendor.github-issue-config .github/ISSUE_TEMPLATE/config.yml
	@$(BIN)/check-jsonschema --quiet --builtin-schema vendor.gitlab-ci --data-transform gitlab-ci .gitlab-ci.yml
	@$(BIN)/zhibao codeowners --check
	@$(BIN)/zhibao forms --check

bench: $(VENV)/test.stamp ## 一万条信息的快慢，与 python-frontmatter 相比
	@$(BIN)/python tests/bench/bench.py

wheels: $(VENV)/site.stamp ## 下载全部依赖到 wheels/，供没有网络的机器用
	@$(PIP) download --require-hashes --no-build-isolation --dest wheels -r requirements/test.txt

help: ## 这张表
	@grep -hE '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/^([a-z]+):.*## (.*)/  make \1\t\2/' | expand -t 16

clean: ## 删去建好的网站和环境
	@rm -rf public $(VENV)

$(VENV)/pyvenv.cfg:
	@command -v git >/dev/null 2>&1 || { echo "缺少 git：sudo apt-get install -y git" >&2; exit 2; }
	@[ -n "$(PYTHON)" ] || { echo "缺少 Python 3.11 以上：sudo apt-get install -y python3 python3-venv" >&2; exit 2; }
	@$(PYTHON) -c 'import venv, ensurepip' 2>/dev/null || { echo "缺少 Python 的 venv：sudo apt-get install -y python3-venv" >&2; exit 2; }
	@echo "准备环境（只有第一次需要，一两分钟）……"
	@$(PYTHON) -m venv $(VENV)

# 先装打包工具，再用它们装其余的：一样也不从锁定之外取
$(VENV)/site.stamp: requirements/build.txt requirements/site.txt pyproject.toml | $(VENV)/pyvenv.cfg
	@$(PIP) install $(FROM) --require-hashes -r requirements/build.txt
	@$(PIP) install $(FROM) --require-hashes --no-build-isolation -r requirements/site.txt
	@$(PIP) install --no-index --no-deps --no-build-isolation --editable .
	@touch $@

$(VENV)/test.stamp: requirements/test.txt $(VENV)/site.stamp
	@$(PIP) install $(FROM) --require-hashes --no-build-isolation -r requirements/test.txt
	@touch $@
