// What is trained: every setting with what is wrong with it beside it, and how long it takes here.

import { debounce, h, say } from '../lib/dom.ts';
import { type Meanings, explained } from '../lib/term.ts';
import type { Recipe, Setting, Status } from './messages.ts';

const TELL_AFTER = 250;

interface Actions {
  /** The recipe was changed: ask how long it takes and what is wrong with it. */
  changed: (recipe: Recipe) => void;
  train: (recipe: Recipe) => void;
  /** The form is put away while the keyboard is in it. */
  left: () => void;
}
type Field = HTMLInputElement | HTMLSelectElement;

export class RecipeForm {
  readonly element: HTMLElement;
  private readonly actions: Actions;
  private readonly meanings: Meanings;
  private readonly fields: Record<keyof Recipe, Field>;
  private readonly problems = new Map<string, HTMLElement>();
  private readonly estimate = h('span', { class: 'estimate', role: 'status' });
  private readonly button: HTMLButtonElement;
  private readonly tellSoon = debounce(() => this.actions.changed(this.recipe), TELL_AFTER);

  constructor(setting: Setting, actions: Actions) {
    this.actions = actions;
    this.meanings = setting.meanings;
    const { recipe, sets, latent_dims: dims } = setting;
    this.fields = {
      images: choice(sets.map(({ name, title }) => [name, title]), recipe.images),
      model: choice([['ae', 'Autoencoder'], ['vae', 'VAE']], recipe.model),
      latent_dim: choice(dims.map((dim) => [String(dim), String(dim)]), String(recipe.latent_dim)),
      beta: number(recipe.beta, { min: 0, step: 0.5 }),
      epochs: number(recipe.epochs, { min: 1, step: 1 }),
      learning_rate: number(recipe.learning_rate, { min: 0, step: 0.001 }),
      seed: number(recipe.seed, { min: 0, step: 1 }),
    };
    this.fields.epochs.setAttribute('placeholder', 'auto');
    this.button = h('button', {
      ...{ class: 'primary', text: 'Train', type: 'submit' },
    });
    this.element = h(
      'form',
      {
        class: 'recipe',
        hidden: true,
        'aria-label': 'Train a network',
        oninput: () => this.edited(),
        onkeydown: ({ key }) => {
          if (key === 'Escape') this.open(false);
        },
        onsubmit: (event) => {
          event.preventDefault();
          this.tellSoon.cancel();
          actions.train(this.recipe);
        },
      },
      this.row('images', 'Images', 'The image set on which the network is trained'),
      this.row('model', 'Network', 'A VAE has a KL term that keeps its latents near a standard normal'),
      this.row('latent_dim', 'Latent dimensions', 'The number of latent dimensions, z'),
      this.row('beta', 'Beta', 'Weight of the KL term of a VAE'),
      this.row('epochs', 'Epochs', 'Passes over all training images; empty: chosen for the image set'),
      this.row('learning_rate', 'Learning rate', 'The step size of the optimizer'),
      this.row('seed', 'Seed', 'Another seed gives another run with the same settings'),
      h('div', { class: 'go' }, this.button, this.estimate),
    );
    this.edited();
    this.tellSoon.cancel();
  }

  private row(name: keyof Recipe, title: string, help: string): HTMLElement {
    const problem = h('small', { class: 'problem', role: 'alert' });
    this.problems.set(name, problem);
    const field = this.fields[name];
    // No label: it would hand a click on the explained term to the field.
    field.setAttribute('aria-label', title);
    const words = [help, this.meanings[title]].filter(Boolean).join('. ');
    return h('div', { class: 'field', 'data-field': name }, explained(title, words), field, problem);
  }

  get recipe(): Recipe {
    const { images, model, latent_dim, beta, epochs, learning_rate, seed } = this.fields;
    return {
      images: images.value,
      model: model.value,
      latent_dim: Number(latent_dim.value),
      beta: filled(beta) ?? NaN,
      epochs: filled(epochs),
      learning_rate: filled(learning_rate) ?? NaN,
      seed: filled(seed) ?? NaN,
    };
  }

  get isOpen(): boolean {
    return !this.element.hidden;
  }

  open(isOpen: boolean): void {
    const isInside = this.element.matches(':focus-within');
    this.element.hidden = !isOpen;
    if (!isOpen) {
      if (isInside) this.actions.left();
      return;
    }
    this.tellSoon();
    this.fields.images.focus();
  }

  private edited(): void {
    this.fields.beta.disabled = this.fields.model.value !== 'vae';
    say(this.estimate, 'estimating the training time…');
    this.tellSoon();
  }

  /** Show what Python says of the recipe. */
  update({ problems, estimate }: Status, isBusy: boolean): void {
    const found: Partial<Record<string, string>> = problems;
    for (const [name, field] of Object.entries(this.fields)) {
      field.setAttribute('aria-invalid', String(found[name] !== undefined));
      const place = this.problems.get(name)!;
      const sentence = found[name] ?? '';
      say(place, sentence);
    }
    const isWrong = Object.keys(found).length > 0;
    this.button.disabled = isBusy || isWrong;
    if (isWrong) say(this.estimate, '');
    else if (isBusy) say(this.estimate, 'Only one network is trained at a time.');
    else if (estimate !== null) say(this.estimate, `about ${duration(estimate)} on this machine`);
  }
}

/** Write a duration as people say it. */
export function duration(seconds: number): string {
  if (seconds < 90) return `${Math.max(1, Math.round(seconds))} s`;
  return seconds < 90 * 60 ? `${Math.round(seconds / 60)} min` : `${(seconds / 3600).toFixed(1)} h`;
}

function choice(options: (readonly [value: string, text: string])[], chosen: string): HTMLSelectElement {
  const select = h('select', {}, ...options.map(([value, text]) => h('option', { value, text })));
  select.value = chosen;
  return select;
}

function number(
  value: number | null,
  { min, step }: { min: number; step: number },
): HTMLInputElement {
  const field = h('input', { type: 'number', min, step: 'any', inputmode: 'decimal' });
  field.dataset.step = String(step);
  field.value = value === null ? '' : String(value);
  return field;
}

function filled(field: Field): number | null {
  const value = field.value.trim();
  return value === '' || !Number.isFinite(Number(value)) ? null : Number(value);
}
