// What is asked of the scripts of the pages and of their tests: `make check`.
import js from "@eslint/js";
import globals from "globals";

// The pages are served under a policy that refuses inline script and style; text is never read as markup.
const MARKUP = [
  { selector: "AssignmentExpression[left.property.name=/^(inner|outer)HTML$/]", message: "Build elements; put words in textContent." },
  { selector: "CallExpression[callee.property.name=/^(insertAdjacentHTML|createContextualFragment|setHTMLUnsafe|parseHTMLUnsafe)$/]", message: "Build elements; put words in textContent." },
  { selector: "CallExpression[callee.object.name='document'][callee.property.name=/^write(ln)?$/]", message: "Build elements; put words in textContent." },
  { selector: "CallExpression[callee.property.name='setAttribute'][arguments.0.value=/^(style|on.*)$/]", message: "Refused by the content policy: use a class, or addEventListener." },
  { selector: "CallExpression[callee.property.name='createElement'][arguments.0.value=/^(style|script)$/]", message: "Refused by the content policy." },
];

// Globals of a browser that read like the variable one forgot to declare.
const EASILY_MISTAKEN = ["close", "event", "find", "focus", "length", "name", "open", "origin", "parent", "print", "status", "stop", "top"];

// Names that say nothing of the value they bear.
const EMPTY_NAMES = ["each", "found", "held", "it", "said", "tell", "told"];

export default [
  { ignores: [".venv/", "node_modules/", "staticfiles/", "var/", "parvis/web/components/static/vendor/"] },
  { linterOptions: { reportUnusedDisableDirectives: "error" } },
  {
    files: ["**/*.js"],
    ...js.configs.recommended,
    rules: {
      ...js.configs.recommended.rules,
      "array-callback-return": "error",
      "id-denylist": ["error", ...EMPTY_NAMES],
      "eqeqeq": ["error", "always", { null: "ignore" }],
      "max-lines": ["error", 200],
      "no-eval": "error",
      "no-implied-eval": "error",
      "no-new-func": "error",
      "no-restricted-globals": ["error", ...EASILY_MISTAKEN],
      "no-restricted-syntax": ["error", ...MARKUP],
      "no-script-url": "error",
      "no-shadow": "error",
      "no-use-before-define": ["error", { functions: false, variables: false }],
      "no-var": "error",
      "object-shorthand": "error",
      "prefer-const": "error",
    },
  },
  // Read into a page by a test, which calls its functions.
  { files: ["tests/browser/*.js"], languageOptions: { sourceType: "script", globals: globals.browser } },
  { files: ["parvis/**/*.js"], languageOptions: { globals: globals.browser } },
  {
    files: ["parvis/web/components/pages_worker.js"],
    languageOptions: { sourceType: "script", globals: { ...globals.serviceworker, SURFACE: "readonly" } },
  },
  {
    files: ["tests/js/**/*.js"],
    languageOptions: { globals: { ...globals.browser, ...globals.node } },
    rules: { "max-lines": ["error", 400] },
  },
];
