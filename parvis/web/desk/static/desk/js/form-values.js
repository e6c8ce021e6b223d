// What a form holds, as it can be written down and put back: never a password, a code received, a file.
const TYPED = "textarea, select, input:not([type=hidden], [type=file], [type=password], [type=submit], [type=button], [type=reset], [type=image], [autocomplete=one-time-code])";
// What the page had seen of the thing, with which an older draft is compared; the structure of a text that was pasted.
const CARRIED = "input[name=seen], input[name=version], input[name=rich]";

const fieldsOf = (form, kinds) => [...form.elements].filter(field => field.name && field.matches(kinds));
const isBox = field => field.type === "checkbox" || field.type === "radio";

// A form of one line is typed again sooner than it is offered.
export function isLong(form) {
  const names = new Set(fieldsOf(form, TYPED).map(field => field.name));
  return names.size > 1 || Boolean(form.querySelector("textarea:not([hidden])"));
}

export function valuesOf(form) {
  const values = {};
  for (const field of fieldsOf(form, `${TYPED}, ${CARRIED}`)) {
    const list = (values[field.name] ??= []);
    if (field.type === "select-multiple") list.push(...Array.from(field.selectedOptions, option => option.value));
    else if (!isBox(field) || field.checked) list.push(field.value);
  }
  return values;
}

export function putBack(form, values) {
  const left = structuredClone(values);
  for (const field of fieldsOf(form, `${TYPED}, ${CARRIED}`)) {
    if (!(field.name in values)) continue;
    if (isBox(field)) field.checked = values[field.name].includes(field.value);
    else if (field.type === "select-multiple") for (const option of field.options) option.selected = values[field.name].includes(option.value);
    else field.value = left[field.name].shift() ?? field.value;
  }
}

// Whether both say the same to who reads them.
export function sameTyped(one, other) {
  const typed = ({ seen, version, ...rest }) => JSON.stringify(rest);  // eslint-disable-line no-unused-vars
  return typed(one) === typed(other);
}
