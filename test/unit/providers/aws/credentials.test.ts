import { createProviders } from '../../../../src/providers/aws/bundle';
import { describeCredentials } from './credentialsSuite';

describeCredentials('Credentials of a profile', () => createProviders);
