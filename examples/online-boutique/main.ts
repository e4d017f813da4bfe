import { boutique } from './boutique';

boutique().synth();
