import { createProviders } from '../../../../src/providers/aws/bundle';
import { describeSignIn } from './signInSuite';

describeSignIn('Credentials of a profile that is signed in to', () => createProviders);
