import { createProviders } from '../../../../src/providers/aws/bundle';
import { describeProviderContract } from '../contract';
import { startLightsail } from './lightsailSubject';

describeProviderContract('Lightsail', () => startLightsail(createProviders));
