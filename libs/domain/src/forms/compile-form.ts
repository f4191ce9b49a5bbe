import { readRules } from '../rules/read-rules';
import { prepareForm, type CompiledForm } from './compiled-form';
import type { FormDefinition } from './form';
import { figureNames } from './rule-figures';

/** Compiles a definition that `checkFormDefinition` accepts; throws on any other. */
export function compileForm(definition: FormDefinition): CompiledForm {
  return prepareForm(definition, readRules(definition.rules, figureNames(definition)));
}
